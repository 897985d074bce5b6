"""What a choice of an EPCI is: its key, its article, and how its text is read; and the readers that the choices share."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Generic, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

PHONE_DIGITS = 10
SIRET_DIGITS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter(Generic[T]):
    """One choice. `read` raises ValueError, in French, for a text that is no value of it."""

    key: str
    article: str
    label: str
    default: T
    read: Callable[[str], T]
    write: Callable[[T], str] = str


def one_of(kind: type[E], labels: Mapping[E, str]) -> Callable[[str], E]:
    """Read one value of an enumeration, whatever its case."""

    def read(text: str) -> E:
        try:
            return kind(text.strip().upper())
        except ValueError:
            known = ", ".join(f"{value} ({labels[value]})" for value in kind)
            raise ValueError(f"« {text} » n’est pas un choix possible ; choisir parmi : {known}.") from None

    return read


def decimal_between(least: str, most: str) -> Callable[[str], Decimal]:
    """Read a number between two, both included, with a comma or a point."""

    def read(text: str) -> Decimal:
        try:
            value = Decimal(text.strip().replace(",", "."))
        except InvalidOperation:
            raise ValueError(f"« {text} » n’est pas un nombre ; écrire par exemple « {least} ».") from None
        if not (value.is_finite() and Decimal(least) <= value <= Decimal(most)):
            raise ValueError(f"« {text} » n’est pas entre {least} et {most}.")
        return value

    return read


def count_between(least: int, most: int) -> Callable[[str], int]:
    """Read a whole number between two, both included."""

    def read(text: str) -> int:
        words = text.strip()
        if not words.isdecimal() or not least <= int(words) <= most:
            raise ValueError(f"« {text} » ne convient pas ; un nombre entier de {least} à {most} est attendu.")
        return int(words)

    return read


def counts_down(most: int) -> Callable[[str], tuple[int, ...]]:
    """Read whole numbers of at least one, such as « 180, 60, 30 »; they are kept from the largest to the smallest."""

    def read(text: str) -> tuple[int, ...]:
        one = count_between(1, most)
        return tuple(sorted({one(word) for word in text.replace(",", " ").split()} or {one(text)}, reverse=True))

    return read


def write_counts(counts: tuple[int, ...]) -> str:
    """Write whole numbers as they are read."""
    return ", ".join(map(str, counts))


def read_yes_or_no(text: str) -> bool:
    """Read « oui » or « non »."""
    answers = {"oui": True, "non": False}
    try:
        return answers[text.strip().lower()]
    except KeyError:
        raise ValueError(f"« {text} » n’est pas une réponse ; écrire « oui » ou « non ».") from None


def write_yes_or_no(value: bool) -> str:  # noqa: FBT001 -- the one value that it writes
    """Write « oui » or « non »."""
    return "oui" if value else "non"


def read_phone(text: str) -> str:
    """Read a telephone number as people write it."""
    words = " ".join(text.split())
    if not re.fullmatch(r"\+?[\d .-]{10,19}", words) or sum(sign.isdigit() for sign in words) < PHONE_DIGITS:
        raise ValueError(f"« {text} » n’est pas un numéro de téléphone ; écrire par exemple « 03 53 01 00 10 ».")
    return words


def read_email(text: str) -> str:
    """Read an e-mail address."""
    try:
        validate_email(address := text.strip())
    except ValidationError:
        raise ValueError(f"« {text} » n’est pas une adresse électronique ; écrire par exemple « tournee@exemple.fr ».") from None
    return address


def read_siret(text: str) -> str:
    """Read a SIRET: fourteen digits with a right key (Luhn), spaces or not."""
    digits = "".join(text.split())
    if not (len(digits) == SIRET_DIGITS and digits.isascii() and digits.isdigit()):
        raise ValueError(f"« {text} » n’est pas un SIRET ; il a quatorze chiffres, par exemple 200\u00a0042\u00a0190\u00a000013.")
    doubled = (int(digit) * (2 - rank % 2) for rank, digit in enumerate(digits))
    if sum(value // 10 + value % 10 for value in doubled) % 10:
        raise ValueError(f"« {text} » n’existe pas : un chiffre est faux ; le recopier.")
    return digits
