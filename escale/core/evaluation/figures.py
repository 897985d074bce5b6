"""The cells of a place and year, and every sum that ties them: quarters to a year, categories to a total, communes together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from escale.core.evaluation.tables import TABLE, TABLES, TERRITORY, TOTAL, Cell, Sort, Table, late, month, quarter, sort_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodCounts:
    """Accompaniments of a place over one quarter or year: `total`, and for each table its categories (stored values).

    What `rest` of a table takes may be left out. Raise ValueError when a table does not add up to it.
    """

    total: int
    tables: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if unknown := set(self.tables) - set(TABLE):
            raise ValueError(f"no such table: {sorted(unknown)}")
        for name, counts in self.tables.items():
            if unknown := set(counts) - set(TABLE[name].categories):
                raise ValueError(f"no such category of {name}: {sorted(unknown)}")
            if TABLE[name].adds_up and TABLE[name].rest is None and sum(counts.values()) != self.total:
                raise ValueError(f"{name} adds up to {sum(counts.values())}, not {self.total}")
            if any(count < 0 or count > self.total for count in (*counts.values(), self.rest(TABLE[name]))):
                raise ValueError(f"{name} has a count below 0 or above {self.total}")

    def rest(self, table: Table) -> int:
        """Return how many of the total are in no named category of a table."""
        counts = self.tables.get(table.name, {})
        named = sum(count for category, count in counts.items() if category != table.rest)
        return self.total - named if table.rest else 0

    def of(self, table: Table) -> dict[str, int]:
        """Return the counts of a table, groups included."""
        if table.name == TOTAL[0]:
            return {TOTAL[1]: self.total}
        if table.name not in self.tables and table.adds_up and table.rest is None and self.total:
            raise ValueError(f"the table {table.name} is missing")
        given = self.tables.get(table.name, {})
        found = {category: given.get(category, 0) for category in table.categories}
        if table.rest:
            found[table.rest] = self.rest(table)
        return found | {group: sum(found[part] for part in parts) for group, parts in table.groups.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """`whole` is the sum of `parts`."""

    whole: Cell
    parts: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Values of cells, and what ties them for whoever adds and subtracts. `silent` cells are in no report.

    `caps`: a cell that is at most another. `covers`: parts that are together at least their whole.
    """

    values: Mapping[Cell, int]
    links: tuple[Link, ...] = ()
    caps: Mapping[Cell, Cell] = field(default_factory=dict)
    covers: tuple[Link, ...] = ()
    silent: frozenset[Cell] = frozenset()

    @cached_property
    def signed(self) -> frozenset[Cell]:
        """The cells that may be below zero: those of a period that corrects others, as soon as one of its place is."""
        below = {(cell.place, cell.period) for cell, value in self.values.items() if value < 0}
        return frozenset(cell for cell in self.values if (cell.place, cell.period) in below) if below else frozenset()


def tabulate(
    place: str,
    year: int,
    *,
    quarters: Mapping[int, PeriodCounts],
    whole: PeriodCounts | None = None,
    months: Mapping[int, int] | None = None,
    people_by_quarter: bool = True,
    names: Collection[str] = tuple(TABLE),
) -> Figures:
    """Return the cells of the closed list for a place: those of a report of the `quarters` (1 to 4), or of a year with `whole`.

    A quarter that was reported is given as it was frozen: what the year counts beyond its quarters becomes « 2026-R ». `months`
    are accompaniments by month (1 to 12), and add up to their quarter. Without `people_by_quarter` (communes under SMALL_COMMUNE)
    tables of people are those of the year. `names` are the tables that the installation records, the same for every place.
    Raise ValueError when `whole` comes without its four quarters, when months do not add up, or when a table is missing.
    """
    if whole is not None and set(quarters) != {1, 2, 3, 4}:
        raise ValueError("a year is told with its four quarters")
    tables = [table for table in TABLES if table.name in {TOTAL[0], *names}]
    periods = {quarter(year, number): counts for number, counts in sorted(quarters.items())}
    if whole is not None:
        periods[str(year)] = whole
    values = {
        Cell(place, table.name, category, period): count
        for period, counts in periods.items()
        for table in tables
        for category, count in counts.of(table).items()
    }
    links: list[Link] = []
    beyond: dict[Cell, int] = {}
    if whole is not None:
        beyond = _beyond(values, str(year), [quarter(year, number) for number in quarters], late(year))
        parts = [*(quarter(year, number) for number in sorted(quarters)), *([late(year)] if beyond else [])]
        wholes = [cell for cell in values if cell.period == str(year)]
        links += [Link(whole=cell, parts=tuple(cell._replace(period=part) for part in parts)) for cell in wholes]
    links += _rows(place, tables, [*periods, *([late(year)] if beyond else [])])
    by_month, month_links = _months(place, year, months or {}, values)
    people = {cell for cell in values if cell.period != str(year) and sort_of(cell) is Sort.ATTRIBUTE}
    return Figures(
        values=values | beyond | by_month,
        links=(*links, *month_links),
        caps=_caps(values | beyond),
        covers=tuple(_covers(place, tables, periods, values)),
        silent=frozenset(beyond) | (frozenset() if people_by_quarter else frozenset(people)),
    )


def gather(communes: Sequence[Figures]) -> Figures:
    """Return the figures of communes, of the same periods and tables, with those of their territory, each the sum of theirs."""
    sums: dict[Cell, list[Cell]] = {}
    for figures in communes:
        for cell in figures.values:
            # An earlier writing of one commune is no figure of the territory.
            if "/" not in cell.period:
                sums.setdefault(_risen(cell), []).append(cell)
    values = {cell: count for figures in communes for cell, count in figures.values.items()}
    values |= {cell: sum(values[part] for part in parts) for cell, parts in sums.items()}
    # The sums of the territory are those of any commune; one that has a late period knows them all.
    pattern = max(communes, key=lambda figures: len(figures.values))
    own = [Link(whole=_risen(link.whole), parts=tuple(_risen(part) for part in link.parts)) for link in pattern.links]
    risen = {_risen(cell): _risen(cap) for cell, cap in pattern.caps.items()}
    return Figures(
        values=values,
        links=(
            *chain.from_iterable(figures.links for figures in communes),
            *(Link(whole=cell, parts=tuple(parts)) for cell, parts in sums.items()),
            *(link for link in own if {link.whole, *link.parts} <= values.keys()),
        ),
        caps={cell: cap for figures in communes for cell, cap in figures.caps.items()}
        | {cell: cap for cell, cap in risen.items() if cell in values and 0 <= values[cell] <= values[cap]},
        covers=tuple(chain.from_iterable(figures.covers for figures in communes)),
        silent=frozenset().union(*(figures.silent for figures in communes))
        | {cell for cell in sums if cell.period.endswith("-R")},
    )


def _risen(cell: Cell) -> Cell:
    return cell._replace(place=TERRITORY)


def _beyond(values: Mapping[Cell, int], year: str, quarters: Sequence[str], period: str) -> dict[Cell, int]:
    """Return what the year counts beyond its quarters, for every row as soon as one differs."""
    found = {
        cell._replace(period=period): count - sum(values[cell._replace(period=part)] for part in quarters)
        for cell, count in values.items()
        if cell.period == year
    }
    return found if any(found.values()) else {}


def _rows(place: str, tables: Iterable[Table], periods: Iterable[str]) -> Iterator[Link]:
    """Yield the sums within each period: categories to the total, categories to their groups."""
    for period in periods:
        for table in tables:
            cells = {row: Cell(place, table.name, row, period) for row in table.rows}
            if table.adds_up:
                yield Link(whole=Cell(place, *TOTAL, period), parts=tuple(cells[category] for category in table.categories))
            for group, parts in table.groups.items():
                yield Link(whole=cells[group], parts=tuple(cells[part] for part in parts))


def _months(place: str, year: int, months: Mapping[int, int], values: Mapping[Cell, int]) -> tuple[dict[Cell, int], list[Link]]:
    """Return the totals of months, and their sums to the quarters."""
    cells = {number: Cell(place, *TOTAL, month(year, number)) for number in sorted(months)}
    links = []
    for number in range(1, 5):
        whole = Cell(place, *TOTAL, quarter(year, number))
        parts = [cells[n] for n in range(3 * number - 2, 3 * number + 1) if n in cells]
        if whole in values and parts:
            if sum(months[n] for n in range(3 * number - 2, 3 * number + 1) if n in cells) != values[whole]:
                raise ValueError(f"the months of {whole.period} do not add up to its {values[whole]} accompaniments")
            links.append(Link(whole=whole, parts=tuple(parts)))
    return {cell: months[number] for number, cell in cells.items()}, links


def _caps(values: Mapping[Cell, int]) -> dict[Cell, Cell]:
    """Return what each cell cannot exceed."""
    caps = {cell: Cell(cell.place, *TABLE[cell.table].above(cell.category), cell.period) for cell in values}
    # A correction may move more themes than people: nothing is at most what it exceeds.
    return {cell: cap for cell, cap in caps.items() if cap != cell and cap in values and 0 <= values[cell] <= values[cap]}


def _covers(place: str, tables: Iterable[Table], periods: Iterable[str], values: Mapping[Cell, int]) -> Iterator[Link]:
    """Yield what is known to be at least the total; a total with people without a theme (support of a commune) tells nothing."""
    for period in periods:
        for table in tables:
            if table.covers:
                parts = tuple(Cell(place, table.name, category, period) for category in table.categories)
                link = Link(whole=Cell(place, *TOTAL, period), parts=parts)
                if _holds(link, values):
                    yield link


def _holds(link: Link, values: Mapping[Cell, int]) -> bool:
    return sum(values[part] for part in link.parts) >= values[link.whole]
