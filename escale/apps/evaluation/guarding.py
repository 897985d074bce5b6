"""The tables of people of a report: counted from the months, then held back where a small number would name someone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from escale.apps.activity import labels
from escale.apps.evaluation.figures import Cell
from escale.core.activity.figures import Figures as MonthFigures
from escale.core.activity.figures import Table as Counted
from escale.core.activity.figures import total
from escale.core.calendar.months import Month
from escale.core.calendar.periods import Period
from escale.core.evaluation import tables
from escale.core.evaluation.figures import Figures as CellsOfAPlace
from escale.core.evaluation.figures import PeriodCounts, tabulate
from escale.core.evaluation.policies import SMALL_COMMUNE, internal
from escale.core.evaluation.releases import Told
from escale.core.evaluation.suppression import release
from escale.core.evaluation.versions import told_in, with_version

Months = Mapping[Month, MonthFigures]

SOURCES: Mapping[str, Counted] = {
    "public": Counted.PEOPLE_BY_PUBLIC,
    "theme": Counted.PEOPLE_BY_THEME,
    "procedure": Counted.PEOPLE_BY_PROCEDURE,
    "age": Counted.AGES,
    "gender": Counted.GENDERS,
    "status": Counted.STATUSES,
    "autonomy": Counted.PEOPLE_BY_AUTONOMY,
    "first_time": Counted.PEOPLE_BY_FIRST_TIME,
    "outcome": Counted.PEOPLE_BY_OUTCOME,
    "pix": Counted.PEOPLE_BY_PIX,
}
"""Where each table of the closed list is counted; « mode » follows from how people came."""

ROWS: Mapping[str, Mapping[str, str]] = {
    "theme": {theme.value: words for theme, words in labels.THEMES.items()},
    "procedure": {one.value: words for one, words in labels.PROCEDURES.items()},
    "age": {**{age.value: words for age, words in labels.AGES.items()}, "soixante_et_plus": "dont 60 ans et plus"},
    "gender": {gender.value: words for gender, words in labels.GENDERS.items()},
    "status": {status.value: words for status, words in labels.STATUSES.items()},
    "autonomy": {**{one.value: words for one, words in labels.AUTONOMIES.items()}, tables.UNANSWERED: "non renseigné"},
    "first_time": {"oui": "première venue", "non": "déjà venue", tables.UNANSWERED: "non renseigné"},
    "outcome": {
        "resolue": "démarche ou question résolue",
        "orientee": "personne orientée ailleurs",
        "non_resolue": "pas encore résolue",
        tables.UNANSWERED: "non renseigné",
    },
}
"""The rows that reports show, in French, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What the tables of a report were made of and what they said, so that a later report of the year gives nothing away."""

    counts: PeriodCounts
    months: Mapping[int, int]
    told: Told = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "total": self.counts.total,
            "tables": {name: dict(counts) for name, counts in self.counts.tables.items()},
            "months": {str(number): people for number, people in self.months.items()},
            "told": [[*cell, value] for cell, value in sorted(self.told.items())],
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Basis:
        """Return what was kept."""
        return cls(
            counts=PeriodCounts(total=kept["total"], tables=kept["tables"]),
            months={int(number): people for number, people in kept["months"].items()},
            told={tables.Cell(*cell): value for *cell, value in kept["told"]},
        )


def basis_of(months: Months) -> Basis:
    """Return the counts of a period from those of its months."""
    return Basis(
        counts=counts_of(total(months.values())), months={month.number: people_of(part) for month, part in months.items()}
    )


def people_of(found: MonthFigures) -> int:
    """Return the accompaniments: a person of a commune that is supported (art. 3-2) is none."""
    return found.by_appointment + found.walk_in + found.in_workshops


def counts_of(found: MonthFigures) -> PeriodCounts:
    """Return the accompaniments of a period by the tables of the closed list."""
    counted = {name: dict(found.table(source)) for name, source in SOURCES.items()}
    mode = {"rdv": found.by_appointment, "sans_rdv": found.walk_in, "atelier": found.in_workshops}
    return PeriodCounts(total=people_of(found), tables={**counted, "mode": mode})


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A writing of a report that another one took the place of: its period, its number, and what it was made of."""

    period: Period
    number: int
    basis: Basis


def guarded(
    code: str,
    period: Period,
    found: Basis,
    quarters: Mapping[int, Basis],
    *,
    earlier: Iterable[Told],
    versions: Sequence[Version],
    population: int | None,
    k: int,
) -> tuple[dict[str, tuple[Cell, ...]], Told]:
    """Return the tables of a report and what it tells of its own period.

    `quarters` are the other quarters of its year: as they were reported, or as they are known for those of a year that have no
    report. `earlier` is what the reports of that year said already, `versions` those that were put right, of any period of the
    year. Small communes have tables of people by year alone.
    """
    known = dict(quarters) if period.is_year else {**quarters, period.quarter: found}
    is_large = population is None or population >= SMALL_COMMUNE
    whole = found if period.is_year else None
    cells = _tabulated(code, period.year, known, whole, people_by_quarter=is_large)
    said = {cell: value for told in earlier for cell, value in told.items()}
    for number, version in enumerate(versions):
        before = (
            _tabulated(code, period.year, known, version.basis, people_by_quarter=is_large)
            if version.period.is_year
            else _tabulated(code, period.year, {version.period.quarter: version.basis}, None, people_by_quarter=is_large)
        )
        cells = with_version(cells, before, number)
        said |= told_in(version.basis.told, number)
    let = release(cells, internal(k), earlier=said)
    shown = {}
    for name, rows in ROWS.items():
        addresses = {row: tables.Cell(code, name, row, str(period)) for row in rows}
        shown[name] = tuple(
            Cell(label=words, count=let.value(addresses[row])) for row, words in rows.items() if addresses[row] in let.told
        )
    own = {str(period), *map(str, period.months)}
    told = {cell: value for cell, value in let.told.items() if cell.period in own}
    return {name: found_cells for name, found_cells in shown.items() if found_cells}, told


def _tabulated(
    code: str, year: int, quarters: Mapping[int, Basis], whole: Basis | None, *, people_by_quarter: bool
) -> CellsOfAPlace:
    return tabulate(
        code,
        year,
        quarters={number: basis.counts for number, basis in quarters.items()},
        whole=whole.counts if whole else None,
        months={number: people for basis in quarters.values() for number, people in basis.months.items()},
        people_by_quarter=people_by_quarter,
    )
