"""What whoever adds and subtracts can learn of masked cells: linear programs over everything that is published (HiGHS)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import highspy
import numpy as np
from numpy.typing import NDArray

from escale.core.evaluation.figures import Figures
from escale.core.evaluation.tables import Cell

NEAR = 1e-6
"""What the solver's arithmetic may be off by."""
TRIES = 12
"""How many directions are tried for all cells at once, before each is asked alone."""
FAR = 1e7
"""Further than any count: programs have an end."""

Floats = NDArray[np.float64]


class Row(NamedTuple):
    """A sum of unknown cells, with weights, and its bounds."""

    weights: dict[Cell, float]
    low: float
    high: float


class Attacker:
    """Someone who knows every published cell, all the sums, and that nobody is counted below zero.

    `known` cells are published whatever happens. Of the others, those that were not opened are published too; `open_cells` hides
    them. What was found feasible stays so when more is hidden: each answer only widens what is known of the cells' ranges.
    """

    def __init__(self, figures: Figures, known: Collection[Cell]) -> None:
        self._figures, self._known = figures, known
        self._part_of: dict[Cell, Part] = {}
        cells = [cell for cell in figures.values if cell not in known]
        for tied, rows in _pieces(cells, list(self._rows())):
            part = Part({cell: float(figures.values[cell]) for cell in tied}, rows)
            self._part_of |= dict.fromkeys(tied, part)

    def open_cells(self, cells: Iterable[Cell]) -> None:
        """Hide cells."""
        for cell in cells:
            cap = self._figures.caps.get(cell)
            most = float(self._figures.values[cap]) if cap is not None and cap in self._known else FAR
            self._part_of[cell].open(cell, -FAR if cell in self._figures.signed else 0.0, most)

    def range_of(self, cell: Cell) -> tuple[float, float]:
        """Return the widest range found so far: values that agree with everything published."""
        return self._part_of[cell].range_of(cell)

    def weak_among(self, needed: Mapping[Cell, float]) -> list[Cell]:
        """Return the cells whose range is narrower than what is needed of them."""
        by_part: dict[Part, dict[Cell, float]] = {}
        for cell, width in needed.items():
            if width:
                by_part.setdefault(self._part_of[cell], {})[cell] = width
        return [cell for part, wanted in by_part.items() for cell in part.weak_among(wanted)]

    def _rows(self) -> Iterator[Row]:
        for link in self._figures.links:
            yield self._row({link.whole: -1.0, **dict.fromkeys(link.parts, 1.0)}, 0.0, 0.0)
        for link in self._figures.covers:
            row = self._row({link.whole: -1.0, **dict.fromkeys(link.parts, 1.0)}, 0.0, FAR)
            # What is known covers the total already: the others are free of it.
            if row.low > 0 or min(row.weights.values(), default=1.0) < 0:
                yield row
        for cell, cap in self._figures.caps.items():
            if cap not in self._known:
                yield self._row({cell: 1.0, cap: -1.0}, -FAR, 0.0)

    def _row(self, weights: Mapping[Cell, float], low: float, high: float) -> Row:
        """Return a row without its known cells, which move its bounds."""
        values = self._figures.values
        moved = sum(weight * values[cell] for cell, weight in weights.items() if cell in self._known)
        return Row({cell: weight for cell, weight in weights.items() if cell not in self._known}, low - moved, high - moved)


class Part:
    """The cells that sums tie together, and their linear program; nothing else is learnt from it, nor about it."""

    def __init__(self, values: Mapping[Cell, float], rows: list[Row]) -> None:
        self._cells = list(values)
        self._index = {cell: i for i, cell in enumerate(self._cells)}
        self._low: Floats = np.array([*values.values()], np.float64)
        self._high = self._low.copy()
        self._order = np.arange(len(self._cells), dtype=np.int32)
        self._model: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in (("output_flag", False), ("threads", 1), ("presolve", "off")):
            self._model.setOptionValue(option, value)
        none = np.array([], np.int32)
        zeros = np.zeros(len(self._cells))
        self._model.addCols(len(zeros), zeros, self._low, self._high, 0, np.zeros(len(zeros), np.int32), none, none.astype(float))
        indices = [[self._index[cell] for cell in row.weights] for row in rows]
        self._model.addRows(
            len(rows),
            np.array([row.low for row in rows], np.float64),
            np.array([row.high for row in rows], np.float64),
            sum(map(len, indices)),
            np.cumsum([0, *map(len, indices)])[:-1].astype(np.int32),
            np.array([i for row in indices for i in row], np.int32),
            np.array([weight for row in rows for weight in row.weights.values()], np.float64),
        )

    def open(self, cell: Cell, least: float, most: float) -> None:
        """Hide a cell that is between two bounds."""
        self._model.changeColBounds(self._index[cell], least, most)

    def range_of(self, cell: Cell) -> tuple[float, float]:
        """Return the widest range found so far."""
        i = self._index[cell]
        return float(self._low[i]), float(self._high[i])

    def weak_among(self, needed: Mapping[Cell, float]) -> list[Cell]:
        """Return the cells whose range is narrower than needed: all at once while that shows something, then each alone."""
        wanted = np.zeros(len(self._cells), np.float64)
        for cell, width in needed.items():
            wanted[self._index[cell]] = width - NEAR
        for signs in _directions(len(self._cells)):
            left = self._left(wanted)
            if len(left) < 3:
                break
            direction = np.zeros(len(self._cells), np.float64)
            direction[left] = signs[left]
            self._push(direction)
            self._push(-direction)
            if len(left) - len(self._left(wanted)) < max(1, len(left) // 10):
                break
        for i in self._left(wanted).tolist():
            for sign in (1.0, -1.0):
                if self._high[i] - self._low[i] < wanted[i]:
                    direction = np.zeros(len(self._cells), np.float64)
                    direction[i] = sign
                    self._push(direction)
        return [self._cells[i] for i in self._left(wanted).tolist()]

    def _left(self, wanted: Floats) -> NDArray[np.intp]:
        return np.flatnonzero(self._high - self._low < wanted)

    def _push(self, direction: Floats) -> None:
        """Go as far as possible one way, and remember every range that this shows."""
        self._model.changeColsCost(len(self._cells), self._order, -direction)
        self._model.run()
        if self._model.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            found = np.array(self._model.getSolution().col_value)
            np.minimum(self._low, found, out=self._low)
            np.maximum(self._high, found, out=self._high)


def _pieces(cells: list[Cell], rows: list[Row]) -> Iterator[tuple[list[Cell], list[Row]]]:
    """Yield the groups of cells that rows tie together, with their rows."""
    above = {cell: cell for cell in cells}

    def first(cell: Cell) -> Cell:
        while above[cell] is not cell:
            above[cell] = above[above[cell]]
            cell = above[cell]
        return cell

    kept = [row for row in rows if row.weights]
    for row in kept:
        one, *others = row.weights
        for other in others:
            above[first(other)] = first(one)
    groups: dict[Cell, tuple[list[Cell], list[Row]]] = {}
    for cell in cells:
        groups.setdefault(first(cell), ([], []))[0].append(cell)
    for row in kept:
        groups[first(next(iter(row.weights)))][1].append(row)
    yield from groups.values()


def _directions(number: int) -> Iterator[Floats]:
    """Yield signs for all cells, a few times: as good as drawn, and always the same."""
    order = np.arange(number, dtype=np.uint64)
    for turn in range(TRIES):
        mixed = (order + np.uint64(turn * number + 1)) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(31)
        mixed *= np.uint64(0xBF58476D1CE4E5B9)
        yield np.where(mixed >> np.uint64(63), 1.0, -1.0)
