"""A text message is written in the alphabet of GSM 03.38, of which 160 units are one message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escale.apps.messaging.gsm import MOST, fits, gsm_length, to_gsm
from escale.apps.messaging.mobiles import masked, mobile_number, without_numbers


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("Forêt, maïs, dîner, Noël, ça", "Foret, mais, diner, Noel, ca"),
        ("à è é ù ò ì É Ç Ä Ö Ü ñ", "à è é ù ò ì É Ç Ä Ö Ü ñ"),
        ("l’aide d‘ici", "l'aide d'ici"),
        ("9\u202fh – 12\u202fh", "9 h - 12 h"),
        ("« Médiathèque »", "Médiathèque"),
        ("Œuvre, cœur…", "OEuvre, coeur..."),
        ("À Raismes", "A Raismes"),
        ("100\u00a0€ [oui]", "100 € [oui]"),
        ("salut 👋 !", "salut !"),
    ],
)
def test_french_is_written_in_the_alphabet_of_text_messages(written: str, sent: str) -> None:
    assert to_gsm(written) == sent


def test_the_euro_counts_two() -> None:
    assert gsm_length("10 €") == 5
    assert fits("€" * (MOST // 2))
    assert not fits("€" * (MOST // 2 + 1))


def test_a_sign_of_another_alphabet_has_no_length() -> None:
    with pytest.raises(ValueError, match="ê"):
        gsm_length("forêt")


@given(st.text())
def test_whatever_is_written_comes_out_in_the_alphabet_and_stays_the_same(text: str) -> None:
    sent = to_gsm(text)

    assert gsm_length(sent) >= len(sent)
    assert to_gsm(sent) == sent


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("06 12 34 56 78", "+33612345678"),
        ("07.12.34.56.78", "+33712345678"),
        ("+33 6 12 34 56 78", "+33612345678"),
        ("+33 06 12 34 56 78", "+33612345678"),
        ("0033612345678", "+33612345678"),
        ("06 39 98 00 02", "+33639980002"),
        ("+33 6 39 98 00 02", "+33639980002"),
        ("06 39 01 23 45", "+262639012345"),
        ("0690 12 34 56", "+590690123456"),
        ("+596 696 12 34 56", "+596696123456"),
        ("+32 470 12 34 56", "+32470123456"),
        ("03 27 12 34 56", None),
        ("09 72 12 34 56", None),
        ("01 61 91 23 45", None),
        ("+44 7911 123456", None),
        ("06 12 34 56 7", None),
        ("06 12 34 56 789", None),
        ("", None),
    ],
)
def test_only_a_mobile_receives_text_messages(written: str, number: str | None) -> None:
    assert mobile_number(written) == number


def test_a_trace_never_tells_a_whole_number() -> None:
    assert masked("+33612345678") == "…78"
    assert without_numbers("400 unknown recipient +33 6 12 34 56 78, code 1024") == "400 unknown recipient …, code 1024"
