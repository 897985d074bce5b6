"""How far apart the values of a hidden cell can be at most: what totals and earlier reports leave, whatever is hidden besides."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import inf

from escale.core.evaluation.figures import Figures
from escale.core.evaluation.tables import TOTAL, Cell


def rooms(figures: Figures, known: Collection[Cell]) -> Mapping[Cell, float]:
    """Return for each cell the most that its range can be: 0 for what is known, or follows from what is.

    Nobody is counted twice: a cell is at most the total above it. A sum has the rooms of its parts together.
    """
    parts: dict[Cell, list[tuple[Cell, ...]]] = {}
    for link in figures.links:
        parts.setdefault(link.whole, []).append(link.parts)
    found: dict[Cell, float] = {}

    def room(cell: Cell) -> float:
        if cell not in found:
            least = 0.0 if cell in known else _under_total(figures, known, cell)
            if least:
                least = min([least, *(sum(room(part) for part in each) for each in parts.get(cell, ()))])
            found[cell] = least
        return found[cell]

    for cell in figures.values:
        room(cell)
    return found


def _under_total(figures: Figures, known: Collection[Cell], cell: Cell) -> float:
    if (cell.table, cell.category) == TOTAL or cell in figures.signed:
        return inf
    cap = figures.caps.get(cell)
    if cap is not None and cap in known:
        return figures.values[cap]
    total = Cell(cell.place, *TOTAL, cell.period)
    # Under a total that may be hidden, a zero is no more certain than one.
    return figures.values[total] if total in known else max(1, figures.values[total])
