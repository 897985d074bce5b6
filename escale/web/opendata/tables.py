"""A table of open data: its columns are said once, for the CSV, its schema, and the page that explains them."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from escale.apps.documents.spreadsheets import guarded

Row = TypeVar("Row")
Value = str | int | float | dt.date | dt.time | None

SEPARATOR = "|"
"""Between several values of one cell, as the national schema of places has it."""


class Kind(StrEnum):
    """What the values of a column are."""

    TEXT = "text"
    CODE = "code"
    """Of digits, letters and signs that we choose ourselves: nothing in it can be a formula."""
    WHOLE = "whole"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    MOMENT = "moment"


KIND_WORDS = {
    Kind.TEXT: "texte",
    Kind.CODE: "texte",
    Kind.WHOLE: "nombre entier",
    Kind.NUMBER: "nombre",
    Kind.DATE: "date, comme 2027-03-09",
    Kind.TIME: "heure locale, comme 14:00",
    Kind.MOMENT: "date et heure avec le décalage, comme 2027-03-09T14:00:00+01:00",
}
TYPES: dict[Kind, dict[str, str]] = {
    Kind.TEXT: {"type": "string"},
    Kind.CODE: {"type": "string"},
    Kind.WHOLE: {"type": "integer"},
    Kind.NUMBER: {"type": "number"},
    Kind.DATE: {"type": "date"},
    Kind.TIME: {"type": "time", "format": "%H:%M"},
    Kind.MOMENT: {"type": "datetime", "format": "%Y-%m-%dT%H:%M:%S%z"},
}
"""The same, as Table Schema says it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[Row]):
    """A column: its name in the file, what it holds, and how it is read from a row. Nothing to read: it stays empty."""

    name: str
    about: str
    read: Callable[[Row], Value] | None = None
    kind: Kind = Kind.TEXT
    required: bool = False
    pattern: str = ""
    one_of: tuple[str, ...] = ()

    @property
    def kind_words(self) -> str:
        """What its values are, in French."""
        return KIND_WORDS[self.kind]

    @property
    def is_filled(self) -> bool:
        """Whether it ever holds something."""
        return self.read is not None

    def value(self, row: Row) -> str | int | float | None:
        """Return the value of a row as JSON has it."""
        match value := None if self.read is None else self.read(row):
            case str():
                return " ".join(value.split())
            case dt.datetime():
                return value.isoformat(timespec="seconds")
            case dt.date():
                return value.isoformat()
            case dt.time():
                return f"{value:%H:%M}"
        return value

    def cell(self, row: Row) -> str:
        """Return the value of a row as a CSV has it: no text that anyone typed is a formula."""
        value = self.value(row)
        if value is None:
            return ""
        return guarded(value) if isinstance(value, str) and self.kind is Kind.TEXT else str(value)

    @property
    def field(self) -> dict[str, Any]:
        """The column as Table Schema describes it."""
        limits = {"required": self.required, "pattern": self.pattern, "enum": list(self.one_of)}
        said: dict[str, Any] = {"name": self.name, "description": self.about, **TYPES[self.kind]}
        if held := {name: limit for name, limit in limits.items() if limit}:
            said["constraints"] = held
        return said


Columns = Sequence[Column[Row]]


def csv_file(columns: Columns[Row], rows: Iterable[Row]) -> bytes:
    """Return rows as a CSV (RFC 4180): UTF-8 without a mark, commas, ISO dates, decimal points, no formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    writer.writerows([column.cell(row) for column in columns] for row in rows)
    return out.getvalue().encode()
