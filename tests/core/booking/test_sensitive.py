"""What must not be stored is recognised however it is written, and ordinary names, numbers and addresses pass."""

from __future__ import annotations

import datetime as dt
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escale.core.booking.sensitive import (
    REASONS,
    Sensitive,
    find_sensitive,
    find_sensitive_number,
    is_card_number,
    is_iban,
    is_social_security_number,
)

TODAY = dt.date(2026, 12, 1)
IBAN = "FR1420041010050500013M02606"

LETTERS = st.text("abcdefghijklmnopqrstuvwxyzàâäçéèêëîïôöùûüÿœæ'’ -", min_size=1, max_size=40)
DIGITS = st.text("0123456789", min_size=8, max_size=8)


def kind_of(text: str) -> Sensitive | None:
    return find_sensitive(text, today=TODAY)


def nir(body: str) -> str:
    """Return a number of thirteen signs with its key."""
    number = int(body.replace("2A", "19").replace("2B", "18"))
    return f"{body}{97 - number % 97:02d}"


def luhn(body: str) -> str:
    """Return digits with the last one that makes a card of them."""
    return next(body + digit for digit in string.digits if is_card_number(body + digit))


@pytest.mark.parametrize("text", ["255081416802538", "2 55 08 14 168 025 38", "n° 2.55.08.14.168.025.38, merci", "2550814168025"])
def test_a_social_security_number_is_recognised(text: str) -> None:
    assert kind_of(text) is Sensitive.SOCIAL_SECURITY
    assert find_sensitive_number(text) is Sensitive.SOCIAL_SECURITY


@pytest.mark.parametrize("body", ["185052A004123", "185052B004123"])
def test_corsica_has_letters(body: str) -> None:
    number = nir(body)

    assert is_social_security_number(number)
    assert kind_of(f"{number[0]} {number[1:3]} {number[3:5]} {number[5:7]} {number[7:10]} {number[10:13]} {number[13:]}") is (
        Sensitive.SOCIAL_SECURITY
    )


def test_a_wrong_key_or_month_is_no_social_security_number() -> None:
    assert not is_social_security_number("255081416802539")
    assert not is_social_security_number("2551514168025")
    assert kind_of("255081416802539") is None


@given(
    sex=st.sampled_from("12"),
    year=st.integers(0, 99),
    month=st.integers(1, 12),
    place=st.sampled_from(["59", "01", "75", "97", "2A", "2B"]),
    rest=st.integers(0, 999_999),
)
def test_every_number_with_its_key_is_recognised(sex: str, year: int, month: int, place: str, rest: int) -> None:
    body = f"{sex}{year:02d}{month:02d}{place}{rest:06d}"

    assert kind_of(nir(body)) is Sensitive.SOCIAL_SECURITY


@pytest.mark.parametrize("text", ["4970 1012 3456 7890", "carte 4970-1012-3456-7890", "4970101234567890", "3782 822463 10005"])
def test_a_payment_card_is_recognised_by_its_check(text: str) -> None:
    digits = "".join(sign for sign in text if sign.isdecimal())
    whole = luhn(digits[:-1])
    written = text[: len(text) - 1] + whole[-1]

    assert kind_of(written) is Sensitive.CARD


@pytest.mark.parametrize(
    "text", [IBAN, "fr14 2004 1010 0505 0001 3m02 606", f"compte : {IBAN} merci", "BE68 5390 0754 7034 pour la CAF"]
)
def test_an_account_number_is_recognised(text: str) -> None:
    assert kind_of(text) is Sensitive.IBAN


def test_a_wrong_account_number_is_none() -> None:
    assert not is_iban("FR1420041010050500013M02607")
    assert kind_of("FR14 2004 1010 0505 0001 3M02 607") is None


@pytest.mark.parametrize(
    "text",
    ["née le 3 mai", "12/05/1962", "12.5.1962", "12 mai 1962", "1962-05-12", "Date de naissance", "ddn 62", "1er février 1948"],
)
def test_a_date_of_birth_is_recognised(text: str) -> None:
    assert kind_of(text) is Sensitive.BIRTH


@pytest.mark.parametrize(
    "text", ["revient le 12/01/2027", "absente du 3 au 5 mai 2026", "le 31/02/1962", "rendez-vous du 2 décembre 2026"]
)
def test_a_date_of_these_days_passes(text: str) -> None:
    assert kind_of(text) is None


@pytest.mark.parametrize(
    "text",
    ["son mot de passe est Minou59", "MDP Minou", "code : 4589", "code 458912", "code PIN", "identifiant jdupont", "Passe : abc"],
)
def test_a_secret_is_recognised(text: str) -> None:
    assert kind_of(text) is Sensitive.SECRET


@pytest.mark.parametrize("text", ["numéro fiscal 30 12", "n° allocataire 1234567", "Numéro CAF", "n° d’allocataire"])
def test_the_number_of_a_file_is_recognised(text: str) -> None:
    assert kind_of(text) is Sensitive.FILE_NUMBER


def test_a_long_text_is_refused() -> None:
    assert kind_of("a" * 200) is None
    assert kind_of("a" * 201) is Sensitive.TOO_LONG


def test_every_kind_has_a_kind_reason() -> None:
    assert set(REASONS) == set(Sensitive)
    assert all(reason.endswith(".") and "interdit" not in reason.lower() for reason in REASONS.values())


@pytest.mark.parametrize("text", ["Jean-Noël Le Passé", "Mme Code", "Marie-Ange Née", "Pin", "Léa (alias)", "M. 2B", "Anne 1"])
def test_unusual_names_pass(text: str) -> None:
    assert kind_of(text) is None


@given(LETTERS)
def test_a_name_of_letters_is_never_a_number(name: str) -> None:
    assert find_sensitive_number(name) is None


@given(
    prefix=st.sampled_from(["0{0}", "+33{0}", "+33 (0){0}", "0033{0}", "+32 {0}"]),
    kind=st.integers(1, 9),
    digits=DIGITS,
    spaced=st.booleans(),
)
def test_a_telephone_number_passes(prefix: str, kind: int, digits: str, spaced: bool) -> None:
    pairs = [digits[place : place + 2] for place in range(0, 8, 2)]
    number = prefix.format(kind) + ("".join(pairs) if not spaced else " " + " ".join(pairs))

    assert kind_of(number) is None
    assert find_sensitive_number(number) is None


@given(
    name=st.text("abcdefghijklmnopqrstuvwxyz.", min_size=1, max_size=20),
    number=st.integers(0, 99_999),
    host=st.sampled_from(["orange.fr", "mairie-oisy.fr", "laposte.net", "exemple.org"]),
)
def test_an_address_passes(name: str, number: int, host: str) -> None:
    assert find_sensitive_number(f"{name}{number}@{host}") is None
