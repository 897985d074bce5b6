"""What hiding small cells costs: seconds, and figures lost beyond those that are small themselves, for a year of communes.

`python -m bench.suppression`. Each commune has a year of one to thirty accompaniments a month in every table of the closed list;
the territory is released after its communes. Seconds are those of the processor. Nothing can hide fewer cells than those that
are small: that is the bound.
"""

from __future__ import annotations

import argparse
import json
import time
from typing import Any

from bench.machine import machine
from escale.core.evaluation.figures import Figures, gather
from escale.core.evaluation.policies import Policy, internal, public
from escale.core.evaluation.releases import Release
from escale.core.evaluation.suppression import release
from escale.core.evaluation.tables import TERRITORY, Cell, sort_of
from tests.core.evaluation.builders import EVERY, a_year

SIZES = (1, 2, 3, 4, 6, 8, 12, 30)
"""Accompaniments a month; small communes are many."""
SCALES = (1, 47, 158, 1000)
LARGEST_EPCI = 158
"""Communes; more of them are several territories, each with its own sums."""
PUBLIC_TABLES = ("total", "mode")


def measure(communes: int, circle: str) -> dict[str, Any]:
    """Return the figures of one circle of readers: the parties, or everyone."""
    policy = internal() if circle == "parties" else public()
    names = EVERY if circle == "parties" else PUBLIC_TABLES
    years = [a_year(n, SIZES[n % len(SIZES)], place=f"{n:05}", names=names) for n in range(communes)]
    begun = time.process_time()
    released = [release(year, policy) for year in years]
    alone = time.process_time() - begun
    row: dict[str, Any] = {"communes": communes, "readers": circle, "seconds": round(alone, 3), **_lost(years, released, policy)}
    row |= {"territory_seconds": None, "territory_small": None, "territory_masked": None}
    if 1 < communes <= LARGEST_EPCI:
        told = {cell: value for one in released for cell, value in one.told.items()}
        whole = gather(years)
        begun = time.process_time()
        territory = release(whole, policy, earlier=told)
        row["territory_seconds"] = round(time.process_time() - begun, 3)
        row["territory_small"] = sum(cell.place == TERRITORY for cell in territory.primary)
        row["territory_masked"] = sum(cell.place == TERRITORY for cell in territory.masked)
    return row


def _lost(years: list[Figures], released: list[Release], policy: Policy) -> dict[str, Any]:
    """Count the cells that could be hidden and count someone: those that are small (the bound), and those that are hidden."""

    def counted(figures: Figures, cell: Cell) -> bool:
        return policy.k(sort_of(cell)) is not None and cell not in figures.silent and figures.values[cell] > 0

    cells = sum(counted(year, cell) for year in years for cell in year.values)
    small = sum(len(one.primary) for one in released)
    masked = sum(counted(year, cell) for year, one in zip(years, released, strict=True) for cell in one.masked)
    return {"cells": cells, "small": small, "masked": masked, "lost_beyond": round((masked - small) / max(1, cells - small), 3)}


def main() -> None:
    """Measure and print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--communes", type=int, nargs="*", default=SCALES, help="how many communes (default: %(default)s)")
    options = parser.parse_args()
    release(a_year(0, 6.0), internal())
    rows = [measure(communes, circle) for communes in options.communes for circle in ("parties", "everyone")]
    print(json.dumps({"bench": "suppression", "machine": machine(), "rows": rows}))


if __name__ == "__main__":
    main()
