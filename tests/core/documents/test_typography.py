"""A French text keeps together what must not be parted at the end of a line."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escale.core.calendar.hours import Hours
from escale.core.calendar.months import Month
from escale.core.documents.tree import Value
from escale.core.documents.typography import NARROW, WIDE, typeset, words_of


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Une date : le 8 mars", "Une date~: le 8~mars"),
        ("Vraiment ? Oui ! Bien ; bon", "Vraiment^? Oui^! Bien^; bon"),
        ("dit « bonjour » ici", "dit «~bonjour~» ici"),
        ("dit «bonjour» ici", "dit «~bonjour~» ici"),
        ("environ 10 000 km", "environ 10^000~km"),
        ("1 234 567 habitants", "1^234^567~habitants"),
        ("en 2027 150 personnes", "en 2027 150 personnes"),
        ("Brouillon n° 3", "Brouillon n°~3"),
        ("9 h – 12 h", "9^h~–~12^h"),
        ("de 8 h 30 à 11 h 30", "de 8^h^30 à 11^h^30"),
        ("1er mai et 21 août", "1er~mai et 21~août"),
        ("03 53 01 00 12", "03~53~01~00~12"),
        ("à 12:30, voir https://exemple.fr/?q=1;2", "à 12:30, voir https://exemple.fr/?q=1;2"),
        ("l’article 4 et art. 7", "l’article~4 et art.~7"),
        ("17 %", "17~%"),
        ("rien à dire", "rien à dire"),
        ("", ""),
    ],
)
def test_spaces_hold_where_french_asks_for_it(written: str, shown: str) -> None:
    assert typeset(written) == shown.replace("~", WIDE).replace("^", NARROW)


FRENCH = st.text(alphabet=st.sampled_from("ab019hnM°.§ \u00a0\u202f«»:;!?–%€\n'"), max_size=40)


@given(FRENCH | st.text(max_size=60))
def test_a_second_pass_changes_nothing(text: str) -> None:
    once = typeset(text)

    assert typeset(once) == once


@given(st.text(max_size=60))
def test_nothing_but_spaces_is_touched(text: str) -> None:
    def bare(words: str) -> str:
        return "".join(sign for sign in words if sign not in f" {WIDE}{NARROW}")

    assert bare(typeset(text)) == bare(text)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (dt.date(2027, 5, 1), f"samedi 1er{WIDE}mai 2027"),
        (dt.time(8, 30), f"8{NARROW}h{NARROW}30"),
        (Hours.parse("09:00-12:00"), f"9{NARROW}h{WIDE}–{WIDE}12{NARROW}h"),
        (Month(2027, 3), "mars 2027"),
        (10000, f"10{NARROW}000"),
        ("Oui !", f"Oui{NARROW}!"),
    ],
)
def test_each_value_is_written_in_french(value: Value, words: str) -> None:
    assert words_of(value) == words
