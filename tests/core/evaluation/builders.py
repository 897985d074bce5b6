"""Figures of communes for the tests: drawn from whole numbers that hypothesis gives, always the same for the same numbers."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from escale.core.evaluation.figures import Figures, PeriodCounts, tabulate
from escale.core.evaluation.tables import TABLE, TABLES, Table

EVERY = tuple(TABLE)
SOME = ("total", "mode", "age", "first_time", "theme", "procedure")
"""One table of each shape."""


def a_quarter(draw: np.random.Generator, months: list[int], names: Collection[str] = EVERY) -> PeriodCounts:
    """Return the counts of a quarter whose months have so many accompaniments."""
    total = sum(months)
    tables = {table.name: a_table(draw, table, total) for table in TABLES[1:] if table.name in names}
    if "procedure" in tables:
        top = tables["theme"]["aide_aux_demarches_administratives"]
        tables["procedure"] = {name: min(count, top) for name, count in tables["procedure"].items()}
    return PeriodCounts(total=total, tables=tables)


def a_table(draw: np.random.Generator, table: Table, total: int) -> dict[str, int]:
    """Return a few frequent categories and many rare ones."""
    weights = 1.0 / (1 + draw.permutation(len(table.categories))) ** 1.5
    if table.adds_up:
        counts = draw.multinomial(total, weights / weights.sum()).tolist()
    else:
        counts = draw.binomial(total, np.minimum(0.6, weights)).tolist()
    return dict(zip(table.categories, counts, strict=True))


def together(quarters: Collection[PeriodCounts]) -> PeriodCounts:
    """Return what quarters add up to."""
    names = next(iter(quarters)).tables
    return PeriodCounts(
        total=sum(one.total for one in quarters),
        tables={
            name: {category: sum(one.tables[name][category] for one in quarters) for category in TABLE[name].categories}
            for name in names
        },
    )


def a_year(seed: int, per_month: float, *, place: str = "59446", late: float = 0.0, names: Collection[str] = SOME) -> Figures:
    """Return a year of a commune with so many accompaniments a month, and `late` more that its quarters did not have."""
    draw = np.random.default_rng(seed)
    months = draw.poisson(per_month, 12).tolist()
    quarters = {n: a_quarter(draw, months[3 * n - 3 : 3 * n], names) for n in range(1, 5)}
    whole = together([*quarters.values(), a_quarter(draw, [int(draw.poisson(late))], names)])
    by_month = {n + 1: count for n, count in enumerate(months)}
    return tabulate(place, 2026, quarters=quarters, whole=whole, months=by_month, names=names)


def quarter_of(year: Figures, number: int) -> Figures:
    """Return what the report of one quarter has of a year."""
    months = range(3 * number - 2, 3 * number + 1)
    periods = {f"2026-T{number}", *(f"2026-{month:02d}" for month in months)}
    values = {cell: value for cell, value in year.values.items() if cell.period in periods}
    return Figures(
        values=values,
        links=tuple(link for link in year.links if {link.whole, *link.parts} <= values.keys()),
        caps={cell: cap for cell, cap in year.caps.items() if cell in values},
        covers=tuple(link for link in year.covers if link.whole in values),
    )
