"""Open the sheet of La Coop, and keep of it the columns that name nobody: names, free words and notes are never stored."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice

from escale.apps.documents.reading.streams import Row, stream_sheets
from escale.apps.documents.reading.tables import UnreadableFileError
from escale.core.activity.coop import NEVER_READ, Column, Extra, Heading, Headings, MissingHeadingsError, find_headings

SEARCHED_ROWS = 60
"""Above the headings, La Coop tells who exported what."""
MOST_LINES = 100_000
EMPTY = "Ce classeur est vide ; donner celui que La Coop exporte."
OF_PEOPLE = (Heading.GENDER, Heading.AGE, Heading.STATUS, Heading.RESIDENCE)
"""What is told of each person of a workshop: one under the other in one cell, or a row for each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One activity of the sheet: the number of its row, and its cells; an empty one is left out."""

    number: int
    cells: Mapping[Column, str]

    def at(self, column: Column) -> str:
        """Return a cell, or nothing."""
        return self.cells.get(column, "")


def lines_of(content: bytes) -> list[Line]:
    """Return the activities of a workbook. Raise UnreadableFileError, with what to do, when it is not one of La Coop."""
    fault = EMPTY
    for rows in stream_sheets(content):
        first = list(islice(rows, SEARCHED_ROWS))
        if not first:
            continue
        try:
            headings = find_headings(first)
        except MissingHeadingsError as missing:
            # Of several sheets, the one that lacks a column is the one that was meant.
            fault = str(missing) if missing.has_some or fault == EMPTY else fault
            continue
        lines = list(islice(_joined(_lines(chain(first, rows), headings)), MOST_LINES + 1))
        if len(lines) > MOST_LINES:
            raise UnreadableFileError(f"Ce classeur a plus de {MOST_LINES} activités : en exporter une période plus courte.")
        if lines:
            return lines
        fault = "Ce classeur ne contient aucune activité sous ses titres ; choisir une autre période dans La Coop."
    raise UnreadableFileError(fault)


def packed(lines: Iterable[Line]) -> bytes:
    """Write lines in a few bytes, one at a time."""
    press = zlib.compressobj()
    rows = ([line.number, {str(column): cell for column, cell in line.cells.items()}] for line in lines)
    return b"".join(press.compress(json.dumps(row, ensure_ascii=False).encode() + b"\n") for row in rows) + press.flush()


def unpacked(content: bytes) -> list[Line]:
    """Read lines that `packed` wrote."""
    texts: dict[str, str] = {}
    lines = []
    for written in zlib.decompress(content).splitlines():
        number, cells = json.loads(written)
        kept = {_COLUMNS[name]: texts.setdefault(cell, cell) for name, cell in cells.items()}
        lines.append(Line(number=number, cells=kept))
    return lines


def _lines(rows: Iterator[Row], headings: Headings) -> Iterator[Line]:
    # Most cells say what others say: each text is held once.
    texts: dict[str, str] = {}
    kept = [(column, rank) for column, rank in headings.ranks.items() if column not in NEVER_READ]
    for number, cells in rows:
        found = {column: cells[rank].strip() for column, rank in kept if rank < len(cells)}
        found = {column: texts.setdefault(cell, cell) for column, cell in found.items() if cell}
        if number > headings.row and found:
            yield Line(number=number, cells=found)


def _joined(lines: Iterator[Line]) -> Iterator[Line]:
    """Yield the activities, the rows of the people of one workshop made one: they follow each other under one identifier."""
    waiting: Line | None = None
    for line in lines:
        identifier = line.at(Extra.IDENTIFIER)
        if waiting is not None and identifier and identifier == waiting.at(Extra.IDENTIFIER):
            below: dict[Column, str] = {column: f"{waiting.at(column)}\n{line.at(column)}" for column in OF_PEOPLE}
            waiting = Line(number=waiting.number, cells={**waiting.cells, **below})
            continue
        if waiting is not None:
            yield waiting
        waiting = line
    if waiting is not None:
        yield waiting


_COLUMNS: dict[str, Column] = {str(column): column for column in (*Heading, *Extra)}
