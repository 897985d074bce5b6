"""The blanks of a text: what may stand in each, and how it is written there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from escale.core.calendar.french import date_words
from escale.core.documents.tree import Picture


class Kind(StrEnum):
    """What a placeholder takes."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    COMMUNE = "commune"
    SIGNATORY = "signatory"
    IMAGE = "image"


class Place(Protocol):
    """The name of a commune with its French forms: « Oisy », « d’Oisy », « à Oisy »."""

    @property
    def full(self) -> str: ...
    @property
    def de(self) -> str: ...
    @property
    def at(self) -> str: ...


class Gender(StrEnum):
    """How words agree with a person."""

    MASCULINE = "masculine"
    FEMININE = "feminine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """Who signs for a party. What is not known yet is left empty: filling a text names it as missing."""

    name: str = ""
    title: str = ""
    gender: Gender | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """Room left for what is not known yet: the number and the date of an act, before the vote."""

    words: str = "…" * 8


BLANK = Blank()

Value = str | dt.date | Place | Signatory | Picture | Blank

FORMS: dict[Kind, dict[str, str]] = {
    Kind.TEXT: {"": ""},
    Kind.NUMBER: {"": ""},
    Kind.DATE: {"": ""},
    Kind.COMMUNE: {"": "", "de": "", "at": "", "FULL": "", "DE": ""},
    Kind.SIGNATORY: {"name": "nom", "title": "qualité"},
    Kind.IMAGE: {"": ""},
}
"""How each kind may be written, `{{ commune.de }}`; the words say what is missing when it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placeholder:
    """A blank that a model declares: its label tells people what belongs there. One that is not required may stay empty.

    What is known `after_vote` only (the number and the date of the act that approves the text) stays open until then.
    """

    name: str
    kind: Kind
    label: str
    required: bool = True
    after_vote: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A place of the text where a placeholder stands: `{{ name.form }}`, or `{{ name: autorisé / autorisée }}`."""

    name: str
    form: str = ""
    agreement: tuple[str, str] | None = None
    line: int

    @property
    def written(self) -> str:
        """The slot as the text has it."""
        if self.agreement:
            return f"{{{{ {self.name}: {' / '.join(self.agreement)} }}}}"
        return f"{{{{ {self.name}{'.' if self.form else ''}{self.form} }}}}"


class UnwritableError(ValueError):
    """A value that is missing or that its placeholder cannot take; the message says so in French."""


def fault_of(slot: Slot, placeholder: Placeholder) -> str:
    """Return what is wrong with the form of a slot, or nothing."""
    forms = FORMS[placeholder.kind]
    if slot.agreement:
        return "" if placeholder.kind is Kind.SIGNATORY else f"« {slot.written} » : seul un signataire s’accorde"
    if slot.form in forms:
        return ""
    expected = ", ".join(f"{{{{ {slot.name}{'.' if form else ''}{form} }}}}" for form in forms)
    return f"« {slot.written} » : cette forme n’existe pas ; écrire {expected}"


def written(slot: Slot, placeholder: Placeholder, value: Value | None) -> str:
    """Return the words that stand in a slot, none when nothing has to. Raise UnwritableError for what is missing or unfit."""
    match placeholder.kind, value:
        case _, None | "":
            words = ""
        case ((Kind.TEXT | Kind.NUMBER | Kind.DATE), Blank()):
            return value.words
        case ((Kind.TEXT | Kind.NUMBER), str()):
            words = _in_one_line(value)
        case Kind.DATE, dt.date() if not isinstance(value, dt.datetime):
            words = date_words(value)
        case Kind.SIGNATORY, Signatory():
            return _of_signatory(slot, placeholder, value)
        case Kind.COMMUNE, place if not isinstance(place, (str, dt.date, Signatory, Picture, Blank)):
            words = _of_place(slot, place)
        case _:
            raise UnwritableError(f"{placeholder.label} (ce qui est donné n’est pas du type attendu)")
    if not words and placeholder.required:
        raise UnwritableError(_missing(slot, placeholder))
    if words and placeholder.kind is Kind.NUMBER and not any(sign.isdigit() for sign in words):
        raise UnwritableError(f"{placeholder.label} (un numéro contient un chiffre)")
    return words


def _of_place(slot: Slot, place: Place) -> str:
    match slot.form:
        case "de" | "DE":
            words = place.de
        case "at":
            words = place.at
        case _:
            words = place.full
    return _in_one_line(words.upper() if slot.form.isupper() else words)


def _of_signatory(slot: Slot, placeholder: Placeholder, value: Signatory) -> str:
    if slot.agreement:
        if value.gender is None:
            raise UnwritableError(_missing(slot, placeholder))
        return slot.agreement[0] if value.gender is Gender.MASCULINE else slot.agreement[1]
    words = _in_one_line(value.name if slot.form == "name" else value.title)
    if not words and placeholder.required:
        raise UnwritableError(_missing(slot, placeholder))
    return words


def _missing(slot: Slot, placeholder: Placeholder) -> str:
    part = "accord (féminin ou masculin)" if slot.agreement else FORMS[placeholder.kind].get(slot.form, "")
    return f"{placeholder.label} : {part}" if part else placeholder.label


def _in_one_line(text: str) -> str:
    return " ".join(text.splitlines()).strip()
