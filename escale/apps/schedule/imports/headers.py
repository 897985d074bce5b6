"""Find the row of the headers, and what each column holds: words are recognised loosely, in any order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from escale.apps.documents.reading.tables import Row, Table, UnreadableFileError
from escale.apps.territory.names import normalised
from escale.core.calendar.french import MONTH_WORDS

SEARCHED_ROWS = 20


class Column(StrEnum):
    """What a column holds; the value is how a message calls it."""

    CODE = "Code INSEE"
    COMMUNE = "Commune"
    USUAL = "Jour habituel"
    DATE = "Date"
    HALF = "Demi-journée"
    MEDIATOR = "Médiateur"


# In this order: « Code commune » is a code, « Jour de passage » a date, « Jour habituel » is none.
SIGNS = (
    (Column.CODE, r"\b(insee|code)\b"),
    (Column.USUAL, r"\b(habituel\w*|convenue?|fixe|recurrent\w*)\b"),
    (Column.HALF, r"\b(demi|demis|moment|horaires?|heures?|creneaux?|plage|matin|periode)\b"),
    (Column.MEDIATOR, r"\b(mediat\w+|conseill\w+|postes?|agents?|intervenante?s?|animat\w+)\b"),
    (Column.COMMUNE, r"\b(communes?|mairies?|villes?|villages?)\b"),
    (Column.DATE, r"\b(dates?|jours?)\b"),
)
JUNE_AND_JULY = (6, 7)
"""Their first three letters are the same."""
MONTHS = {
    **{normalised(word): number for number, word in enumerate(MONTH_WORDS, start=1)},
    **{normalised(word)[:3]: number for number, word in enumerate(MONTH_WORDS, start=1) if number not in JUNE_AND_JULY},
    **{normalised(word)[:4]: number for number, word in enumerate(MONTH_WORDS, start=1)},
    "jun": 6,
    "jul": 7,
    "juill": 7,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthColumn:
    """A column of a year table: the number of its month, and its year when the header tells it."""

    number: int
    year: int | None
    column: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Headers:
    """The row of the headers and what was recognised in it; `months` are there in a year table only."""

    row: Row
    columns: dict[Column, int]
    months: tuple[MonthColumn, ...]

    @property
    def is_year_table(self) -> bool:
        """Whether each commune has one row, and each month one column."""
        return bool(self.months)

    def of(self, row: Row, column: Column) -> str:
        """Return the cell of a column in a row; nothing when the table has no such column."""
        return row.at(self.columns[column]) if column in self.columns else ""

    def title(self, column: Column) -> str:
        """Return what the file calls a column."""
        return self.row.at(self.columns[column]) if column in self.columns else column.value


def find_headers(tables: Sequence[Table]) -> tuple[Table, Headers]:
    """Return the first table with headers of a tour. Raise UnreadableFileError, with what was read, when none has."""
    for table in tables:
        for row in table.rows[:SEARCHED_ROWS]:
            headers = _headers(row)
            if headers is not None:
                return table, headers
    raise UnreadableFileError(
        "Aucune ligne de titres n’est reconnue. Il faut au moins une colonne « Commune » et une colonne « Date », ou une colonne "
        f"par mois. Première ligne lue : {', '.join(f'« {cell} »' for cell in tables[0].rows[0].cells[:8] if cell)}."
    )


def _headers(row: Row) -> Headers | None:
    ranks: dict[Column, list[int]] = {}
    months: list[MonthColumn] = []
    for rank, cell in enumerate(row.cells):
        month, found = _month(cell, rank), _column(cell)
        if month is not None:
            months.append(month)
        elif found is not None:
            ranks.setdefault(found, []).append(rank)
    named = Column.COMMUNE in ranks or Column.CODE in ranks
    if not named or not (months or Column.DATE in ranks):
        return None
    if months and Column.USUAL not in ranks and Column.DATE in ranks:
        # In a year table, « Jour » is the usual one: the dates stand below the months.
        ranks[Column.USUAL] = ranks.pop(Column.DATE)
    _refuse_twins(months)
    columns = {column: _chosen(row, column, found) for column, found in ranks.items()}
    return Headers(row=row, columns=columns, months=tuple(months))


def _chosen(row: Row, column: Column, ranks: Sequence[int]) -> int:
    """Return the only column that can be meant, or the one that bears the very name; « Jour » may stand beside « Date »."""
    exact = [rank for rank in ranks if normalised(row.at(rank)) == normalised(column.value)]
    if len(ranks) == 1 or len(exact) == 1:
        return (exact or ranks)[0]
    one, other = row.at(ranks[0]), row.at(ranks[1])
    raise UnreadableFileError(f"« {one} » et « {other} » se lisent toutes deux comme « {column.value} » : n’en garder qu’une.")


def _column(cell: str) -> Column | None:
    words = normalised(cell)
    return next((column for column, sign in SIGNS if re.search(sign, words)), None)


def _month(cell: str, rank: int) -> MonthColumn | None:
    """Read « janv. », « Janvier 2027 », « 01/2027 », « 2027-01 » or the first of a month."""
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})(?:-01)?|(\d{1,2})/(\d{4})", cell):
        year, number = int(match[1] or match[4]), int(match[2] or match[3])
        return MonthColumn(number=number, year=year, column=rank, title=cell) if 1 <= number <= 12 else None
    match = re.fullmatch(r"([a-z]+)(?: (\d{4}|\d{2}))?", normalised(cell))
    if match is None or match[1] not in MONTHS:
        return None
    written = int(match[2]) if match[2] else None
    year_told = None if written is None else written if written > 99 else 2000 + written
    return MonthColumn(number=MONTHS[match[1]], year=year_told, column=rank, title=cell)


def _refuse_twins(months: Sequence[MonthColumn]) -> None:
    seen: dict[tuple[int, int | None], str] = {}
    for month in months:
        if other := seen.get((month.number, month.year)):
            raise UnreadableFileError(f"Deux colonnes sont du même mois : « {other} » et « {month.title} ». N’en garder qu’une.")
        seen[month.number, month.year] = month.title
