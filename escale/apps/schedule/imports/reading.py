"""Understand a table as visits: what each line says, what cannot be read in it, and what had to be interpreted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from escale.apps.documents.reading.tables import Row, Table
from escale.apps.schedule.imports.headers import Column, Headers, MonthColumn
from escale.apps.schedule.imports.people import Known, KnownCommune, KnownPost, find_commune, find_post
from escale.apps.schedule.imports.values import read_cell, read_date, read_half, read_usual
from escale.core.calendar.french import date_words
from escale.core.calendar.halfdays import Half, Weekday, Window
from escale.core.calendar.months import nth_of_month
from escale.core.planning.problem import Annex

T = TypeVar("T")
NOTHING = {"", "-", "–", "—", "/", "x", "0", "néant"}
"""What people write in a month without a visit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is said of a place of the table, in French: a fault that leaves a visit out, or how a cell was understood."""

    line: int
    column: str
    words: str

    @property
    def sentence(self) -> str:
        """The whole sentence: « ligne 14, colonne « Date » : … », up to its last sign."""
        return f"ligne {self.line}, colonne « {self.column} » : {self.words}{'' if self.words.endswith('?') else '.'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A visit that was understood, and where it stands: its line, the column of its date."""

    line: int
    column: str
    commune: KnownCommune
    post: KnownPost
    date: dt.date
    half: Half

    @property
    def pattern(self) -> tuple[int, Window]:
        """The n-th weekday of the month and half."""
        return nth_of_month(self.date), Window(weekday=Weekday(self.date.weekday()), half=self.half)


@dataclass(slots=True, kw_only=True)
class Understood:
    """What a table says: visits, usual days of communes, faults, and notes on what was interpreted."""

    lines: list[Line] = field(default_factory=list)
    usual: dict[str, Annex] = field(default_factory=dict)
    faults: list[Told] = field(default_factory=list)
    notes: list[Told] = field(default_factory=list)


def understand(table: Table, headers: Headers, known: Known, *, year: int) -> Understood:
    """Read every row below the headers; `year` is that of the months which do not tell theirs."""
    found = Understood()
    rows = [row for row in table.rows if row.number > headers.row.number]
    for row in rows:
        reader = _RowReader(row=row, headers=headers, known=known, found=found, is_workbook=table.is_workbook)
        if headers.is_year_table:
            reader.read_year(year)
        else:
            reader.read_visit()
    return found


@dataclass(slots=True, kw_only=True)
class _RowReader:
    """Reads one row, and keeps each fault beside its column so that all of them are told at once."""

    row: Row
    headers: Headers
    known: Known
    found: Understood
    is_workbook: bool

    def read_visit(self) -> None:
        """Read a row that holds one visit."""
        date = self._date()
        commune = self._commune()
        half = self._asked(Column.HALF, lambda: read_half(self._cell(Column.HALF)))
        post = self._post(date) if date else None
        if date and commune and half and post:
            self._add(commune, post, date, half, self.headers.title(Column.DATE))

    def read_year(self, year: int) -> None:
        """Read a row that holds the visits of a commune in a year."""
        commune = self._commune()
        usual = self._usual(commune) if self._cell(Column.USUAL) else None
        half = usual.half if usual else None
        if self._cell(Column.HALF):
            half = self._asked(Column.HALF, lambda: read_half(self._cell(Column.HALF)))
        for month in self.headers.months:
            self._month(month, year, commune, half)

    def _month(self, month: MonthColumn, year: int, commune: KnownCommune | None, half: Half | None) -> None:
        text = self.row.at(month.column)
        if text.casefold() in NOTHING:
            return
        read = self._tried(month.title, lambda: read_cell(text, year=month.year or year, month=month.number))
        if read is None:
            return
        date, own_half = read
        chosen = own_half or half
        if chosen is None:
            self._fault(month.title, "matin ou après-midi ? L’écrire après le jour, ou dans une colonne « Demi-journée »")
            return
        post = self._post(date)
        if commune and post:
            self._add(commune, post, date, chosen, month.title)

    def _date(self) -> dt.date | None:
        text = self._cell(Column.DATE)
        if not text:
            self._fault(self.headers.title(Column.DATE), "la date manque ; écrire par exemple 09/03/2027")
            return None
        read = self._asked(Column.DATE, lambda: read_date(text))
        if read is None:
            return None
        date, interpreted = read
        if interpreted and self.is_workbook:
            note = Told(
                line=self.row.number,
                column=self.headers.title(Column.DATE),
                words=f"« {text} » n’était pas une date pour le tableur ; lu comme le {date_words(date)}",
            )
            self.found.notes.append(note)
        return date

    def _commune(self) -> KnownCommune | None:
        column = Column.COMMUNE if self._cell(Column.COMMUNE) or Column.CODE not in self.headers.columns else Column.CODE
        return self._asked(column, lambda: find_commune(self.known, self._cell(Column.COMMUNE), self._cell(Column.CODE)))

    def _usual(self, commune: KnownCommune | None) -> Window | None:
        read = self._asked(Column.USUAL, lambda: read_usual(self._cell(Column.USUAL)))
        if read is None:
            return None
        rank, window = read
        if commune and rank:
            self.found.usual[commune.code] = Annex(nth=rank, window=window)
        return window

    def _post(self, date: dt.date) -> KnownPost | None:
        return self._asked(Column.MEDIATOR, lambda: find_post(self.known, self._cell(Column.MEDIATOR), date))

    def _add(self, commune: KnownCommune, post: KnownPost, date: dt.date, half: Half, column: str) -> None:
        line = Line(line=self.row.number, column=column, commune=commune, post=post, date=date, half=half)
        self.found.lines.append(line)

    def _cell(self, column: Column) -> str:
        return self.headers.of(self.row, column)

    def _asked(self, column: Column, read: Callable[[], T]) -> T | None:
        return self._tried(self.headers.title(column), read)

    def _tried(self, title: str, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except ValueError as error:
            self._fault(title, str(error))
            return None

    def _fault(self, title: str, words: str) -> None:
        fault = Told(line=self.row.number, column=title, words=words)
        # In a year table one unknown mediator is met every month: it is told once.
        if fault not in self.found.faults[-len(self.headers.months) - 1 :]:
            self.found.faults.append(fault)
