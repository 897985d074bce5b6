"""The tables of an uploaded file, cells as texts: XLSX or CSV, told by the content and never by the name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from escale.apps.documents.spreadsheets import unguarded

MOST_BYTES = 2 * 1024 * 1024
MOST_ROWS = 5_000
MOST_COLUMNS = 60
MOST_SIGNS = 1_000_000
LONGEST = 200
"""No cell that is asked for is longer; what follows is not kept."""


class UnreadableFileError(ValueError):
    """A file of which nothing can be read; says in French what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row that is not blank: its number in the file, as people see it there, and its cells."""

    number: int
    cells: tuple[str, ...]

    def at(self, column: int) -> str:
        """Return a cell; a row that is shorter has empty ones."""
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A sheet of a workbook, or a whole CSV file. A date of a workbook is written « 2027-03-09 »."""

    title: str
    rows: tuple[Row, ...]
    is_workbook: bool = False


def table_to(table: Table) -> dict[str, Any]:
    """Write a table as a JSON object."""
    rows = [[row.number, *row.cells] for row in table.rows]
    return {"title": table.title, "is_workbook": table.is_workbook, "rows": rows}


def table_from(data: dict[str, Any]) -> Table:
    """Read a table that `table_to` wrote."""
    rows = tuple(Row(number=number, cells=tuple(cells)) for number, *cells in data["rows"])
    return Table(title=data["title"], is_workbook=data["is_workbook"], rows=rows)


def rows_of(cells: Iterable[tuple[int, Iterable[object]]]) -> tuple[Row, ...]:
    """Return the rows that are not blank. Raise UnreadableFileError when there are too many."""
    found: list[Row] = []
    signs = 0
    for number, values in cells:
        texts = [text_of(value) for value in values]
        while texts and not texts[-1]:
            texts.pop()
        if not texts:
            continue
        signs += sum(map(len, texts))
        if signs > MOST_SIGNS:
            raise UnreadableFileError("Ce fichier contient beaucoup plus qu’un tableau. Le copier seul dans un classeur neuf.")
        if len(found) >= MOST_ROWS:
            raise UnreadableFileError(
                f"Le fichier a plus de {MOST_ROWS} lignes : un tel tableau en a beaucoup moins. Retirer ce qui n’en est pas."
            )
        found.append(Row(number=number, cells=tuple(texts)))
    return tuple(found)


def text_of(value: object) -> str:
    """Return a cell as a text: dates as ISO dates, whole numbers without decimals, spaces made plain."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return unguarded(" ".join(str(value).replace("\x00", " ").split()))[:LONGEST]
