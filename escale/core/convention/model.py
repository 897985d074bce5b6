"""A model of convention: its texts, their blanks, the parameters of its text and its known faults."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from escale.core.convention.filling import fill, missing_from
from escale.core.convention.placeholders import Placeholder, Value
from escale.core.convention.terms import Terms
from escale.core.convention.text import Text
from escale.core.documents.tree import Document, Section

CONVENTION = "convention"
"""The name of the text that every model has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelText:
    """One text of a model: the convention, an avenant, a record; `status` says what it still waits for."""

    name: str
    label: str
    status: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a parameter comes from: its article, the words of it if it has some, and how they are read."""

    name: str
    article: str
    quote: str
    reading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A known fault of a text that was voted: shown, never corrected in silence. Without an article, it is about the whole."""

    id: str
    article: str
    quote: str
    fault: str
    proposal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A model that may be used: whatever it says of itself holds together."""

    id: str
    label: str
    issuer: str
    siren: str
    is_voted: bool
    texts: Mapping[str, ModelText]
    placeholders: Mapping[str, Placeholder]
    terms: Terms
    sources: Mapping[str, Source]
    notes: tuple[Note, ...]

    @property
    def convention(self) -> ModelText:
        """The text of the convention itself."""
        return self.texts[CONVENTION]

    def missing(self, name: str, values: Mapping[str, Value]) -> tuple[str, ...]:
        """Return what a text still asks for, in French."""
        return missing_from(self.texts[name].text, self.placeholders, values)

    def document(
        self, name: str, values: Mapping[str, Value], *, date: dt.date, status: str = "", annexes: tuple[Section, ...] = ()
    ) -> Document:
        """Return a text filled with its values. Raise MissingValuesError with all that is missing.

        What the model itself says (« non voté ») stands before the status that is given.
        """
        text = self.texts[name]
        said = " – ".join(words for words in (text.status, status) if words)
        return fill(text.text, self.placeholders, values, issuer=self.issuer, date=date, status=said, annexes=annexes)
