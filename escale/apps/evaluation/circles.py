"""What two circles of readers may be told of a territory: those of its report (K_INTERNAL), and everyone (K_PUBLIC).

What the communes were told, and what earlier reports of the year said, bound what is told now (docs/evaluation.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from escale.apps.evaluation.figures import Cell as Line
from escale.apps.evaluation.guarding import ROWS, Basis
from escale.core.calendar.periods import Period
from escale.core.evaluation import tables
from escale.core.evaluation.figures import Figures as Cells
from escale.core.evaluation.figures import PeriodCounts, gather, tabulate
from escale.core.evaluation.policies import SMALL_COMMUNE, internal, public
from escale.core.evaluation.releases import Release, Told
from escale.core.evaluation.suppression import release
from escale.core.evaluation.tables import TERRITORY, TOTAL, Cell

NOTHING = PeriodCounts(total=0)
NO_BASIS = Basis(counts=NOTHING, months={})


@dataclass(frozen=True, slots=True, kw_only=True)
class Circles:
    """What a report of a territory is made of, by INSEE code, and what it tells: inside, and everyone."""

    places: Mapping[str, Basis]
    inside: Told = field(default_factory=dict)
    everyone: Told = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "places": {code: basis.to_json() for code, basis in self.places.items()},
            "inside": [[*cell, value] for cell, value in sorted(self.inside.items())],
            "everyone": [[*cell, value] for cell, value in sorted(self.everyone.items())],
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Circles:
        """Return what was kept."""
        return cls(
            places={code: Basis.from_json(basis) for code, basis in kept["places"].items()},
            inside={Cell(*cell): value for *cell, value in kept["inside"]},
            everyone={Cell(*cell): value for *cell, value in kept["everyone"]},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a territory is told from: each commune over the period, and over the quarters of a year; who is small.

    `said` is what the reports of the communes told, `earlier` the reports of the territory in that year.
    """

    period: Period
    places: Mapping[str, Basis]
    quarters: Mapping[int, Mapping[str, Basis]]
    small: frozenset[str]
    said: Sequence[Told]
    earlier: Sequence[Circles]


def told_of(given: Given, *, k_internal: int, k_public: int) -> Circles:
    """Return what may be told of a territory over a period, to each circle."""
    inside = _inside(given, k_internal)
    hidden = {cell for cell in inside.masked if cell.place == TERRITORY}
    earlier = _joined(one.everyone for one in given.earlier)
    of_communes = gather([_cells(code, given, names=("mode",)) for code in given.places])
    apart = release(of_communes, public(k_public), earlier=_agreeing(earlier, of_communes))
    whole = _of_territory(given)
    known = _agreeing({**earlier, **_own(apart, TERRITORY)}, whole)
    people = release(whole, public(k_public), earlier=known, hidden=hidden)
    kept = {str(given.period)}
    return Circles(
        places={code: Basis(counts=basis.counts, months=basis.months) for code, basis in given.places.items()},
        inside={cell: value for cell, value in _own(inside, TERRITORY).items() if cell.period in kept},
        everyone={cell: value for cell, value in {**people.told, **apart.told}.items() if cell.period in kept},
    )


def lines_of_tables(told: Told, period: Period) -> dict[str, tuple[Line, ...]]:
    """Return the tables of a territory as its report shows them."""
    found = {}
    for name, rows in ROWS.items():
        cells = {words: Cell(TERRITORY, name, row, str(period)) for row, words in rows.items()}
        found[name] = tuple(Line(label=words, count=told[cell]) for words, cell in cells.items() if cell in told)
    return {name: lines for name, lines in found.items() if lines}


def people_told(told: Told, code: str, period: Period) -> int | None:
    """Return the accompaniments of a commune as everyone may read them."""
    return told.get(Cell(code, *TOTAL, str(period)))


def _inside(given: Given, k: int) -> Release:
    """Return what the readers of the report may read: the communes are as they were told, the territory is judged with them."""
    whole = gather([_cells(code, given) for code in given.places])
    # Communes hid zeros beside small numbers. Where nobody of a kind came anywhere, saying so tells of nobody; were such zeros
    # to stay hidden, so would be the ages of a whole territory, because no child came.
    nobody = {
        (cell.table, cell.category, cell.period) for cell, value in whole.values.items() if cell.place == TERRITORY and not value
    }
    said = {cell: value for cell, value in _joined(given.said).items() if value is not None or cell[1:] not in nobody}
    earlier = _joined([said, *(one.inside for one in given.earlier)])
    return release(whole, internal(k), earlier=_agreeing(earlier, whole))


def _cells(code: str, given: Given, names: Sequence[str] = tuple(tables.TABLE)) -> Cells:
    period, found = given.period, given.places[code]
    quarters = (
        {number: given.quarters[number].get(code, NO_BASIS) for number in (1, 2, 3, 4)}
        if period.is_year
        else {period.quarter: found}
    )
    return tabulate(
        code,
        period.year,
        quarters={number: _whole(basis.counts) for number, basis in quarters.items()},
        whole=_whole(found.counts) if period.is_year else None,
        people_by_quarter=code not in given.small,
        names=names,
    )


def _of_territory(given: Given) -> Cells:
    """Return the territory as one place: its tables lean on no commune."""
    period = given.period
    parts = given.quarters if period.is_year else {period.quarter: given.places}
    return tabulate(
        TERRITORY,
        period.year,
        quarters={number: _sum(given.places.keys(), places) for number, places in parts.items()},
        whole=_sum(given.places.keys(), given.places) if period.is_year else None,
    )


def _sum(codes: Iterable[str], places: Mapping[str, Basis]) -> PeriodCounts:
    found = [places[code].counts for code in codes if code in places]
    counts: dict[str, Counter[str]] = {name: Counter() for name in tables.TABLE if name != TOTAL[0]}
    for one in found:
        for name, rows in one.tables.items():
            counts[name].update(rows)
    return PeriodCounts(total=sum(one.total for one in found), tables=counts)


def _whole(counts: PeriodCounts) -> PeriodCounts:
    """Return counts with every table, for a place where nothing happened."""
    return counts if counts.total else PeriodCounts(total=0, tables={name: {} for name in tables.TABLE if name != TOTAL[0]})


def _own(found: Release, place: str) -> dict[Cell, int | None]:
    return {cell: value for cell, value in found.told.items() if cell.place == place}


def _joined(told: Iterable[Told]) -> dict[Cell, int | None]:
    return {cell: value for one in told for cell, value in one.items()}


def _agreeing(told: Told, cells: Cells) -> dict[Cell, int | None]:
    """Leave out what a report said of a writing that another one took the place of."""
    return {cell: value for cell, value in told.items() if value is None or cells.values.get(cell) == value}


def small_places(populations: Mapping[str, int | None]) -> frozenset[str]:
    """Return the communes whose tables of people are told by year alone."""
    return frozenset(code for code, people in populations.items() if people is not None and people < SMALL_COMMUNE)
