"""What whoever adds and subtracts can learn of masked cells: linear programs over everything published (HiGHS)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

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


class Attacker:
    """Someone who knows every published cell, all the sums, and that nobody is counted below zero.

    `known` cells are published whatever happens. Of the others, those that were not opened are published too; `open_cells` hides
    them. What was found feasible stays so when more is hidden: each answer only widens what is known of the cells' ranges.
    """

    def __init__(self, figures: Figures, known: Collection[Cell]) -> None:
        self._figures = figures
        self._cells = [cell for cell in figures.values if cell not in known]
        self._index = {cell: i for i, cell in enumerate(self._cells)}
        self._values: Floats = np.array([figures.values[cell] for cell in self._cells], np.float64)
        self._low, self._high = self._values.copy(), self._values.copy()
        self._model: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in (("output_flag", False), ("threads", 1), ("presolve", "off"), ("simplex_strategy", 4)):
            self._model.setOptionValue(option, value)
        self._add_columns()
        self._piece: list[int] = self._add_rows()

    def open_cells(self, cells: Iterable[Cell]) -> None:
        """Hide cells."""
        for cell in cells:
            i = self._index[cell]
            cap = self._figures.caps.get(cell)
            known_cap = cap is not None and cap not in self._index
            most = float(self._figures.values[cap]) if cap is not None and known_cap else FAR
            self._model.changeColBounds(i, -FAR if cell in self._figures.signed else 0.0, most)

    def range_of(self, cell: Cell) -> tuple[float, float]:
        """Return the widest range found so far: values that agree with everything published."""
        i = self._index[cell]
        return float(self._low[i]), float(self._high[i])

    def weak_among(self, needed: Mapping[Cell, float]) -> list[Cell]:
        """Return the cells whose range is narrower than what is needed of them."""
        wanted = np.zeros(len(self._cells), np.float64)
        for cell, width in needed.items():
            wanted[self._index[cell]] = width - NEAR
        for signs in _directions(len(self._cells)):
            left = self._high - self._low < wanted
            if not left.any():
                return []
            before = int(left.sum())
            for sign in (1.0, -1.0):
                self._push(np.where(left, sign * signs, 0.0))
            if before - int((self._high - self._low < wanted).sum()) < max(1, before // 10):
                break
        return self._ask_each(wanted)

    def _ask_each(self, wanted: Floats) -> list[Cell]:
        """Ask how far each doubtful cell goes, both ways; parts that no sum ties together are asked at once."""
        doubtful: dict[int, list[int]] = {}
        for i in np.flatnonzero(self._high - self._low < wanted).tolist():
            doubtful.setdefault(self._piece[i], []).append(i)
        weak = []
        while doubtful:
            asked = [queue.pop() for queue in doubtful.values()]
            for sign in (1.0, -1.0):
                still = [i for i in asked if self._high[i] - self._low[i] < wanted[i]]
                if still:
                    direction = np.zeros(len(self._cells), np.float64)
                    direction[still] = sign
                    self._push(direction)
            weak += [i for i in asked if self._high[i] - self._low[i] < wanted[i]]
            doubtful = {piece: queue for piece, queue in doubtful.items() if queue}
        return [self._cells[i] for i in sorted(weak)]

    def _push(self, direction: Floats) -> None:
        """Go as far as possible one way, and remember every range that this shows."""
        number = len(self._cells)
        self._model.changeColsCost(number, np.arange(number, dtype=np.int32), -direction)
        self._model.run()
        if self._model.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            found = np.array(self._model.getSolution().col_value)
            self._low = np.minimum(self._low, found)
            self._high = np.maximum(self._high, found)

    def _add_columns(self) -> None:
        empty_starts = np.zeros(len(self._cells), np.int32)
        none, no_value = np.array([], np.int32), np.array([], np.float64)
        zeros = np.zeros(len(self._cells))
        self._model.addCols(len(self._cells), zeros, self._values, self._values, 0, empty_starts, none, no_value)

    def _add_rows(self) -> list[int]:
        """Add every sum, and return for each cell the number of the piece that sums tie it to."""
        infinity = highspy.kHighsInf
        sums = [(link, 0.0) for link in self._figures.links] + [(link, infinity) for link in self._figures.covers]
        rows = [self._row({link.whole: -1.0, **dict.fromkeys(link.parts, 1.0)}, 0.0, most) for link, most in sums]
        for cell, cap in self._figures.caps.items():
            if cap in self._index and cell in self._index:
                rows.append(self._row({cell: 1.0, cap: -1.0}, -infinity, 0.0))
        rows = [row for row in rows if row[0]]
        starts = np.cumsum([0, *(len(row[0]) for row in rows[:-1])]).astype(np.int32)
        self._model.addRows(
            len(rows),
            np.array([low for _, low, _ in rows], np.float64),
            np.array([high for _, _, high in rows], np.float64),
            sum(len(row[0]) for row in rows),
            starts if rows else np.array([], np.int32),
            np.array([i for row in rows for i in row[0]], np.int32),
            np.array([weight for row in rows for weight in row[0].values()], np.float64),
        )

        return _pieces(len(self._cells), [list(row[0]) for row in rows])

    def _row(self, weights: Mapping[Cell, float], low: float, high: float) -> tuple[dict[int, float], float, float]:
        """Return a row without its known cells, which move its bounds."""
        moved = sum(weight * self._figures.values[cell] for cell, weight in weights.items() if cell not in self._index)
        return {self._index[cell]: w for cell, w in weights.items() if cell in self._index}, low - moved, high - moved


def _pieces(number: int, ties: Iterable[list[int]]) -> list[int]:
    """Return for each of `number` cells the first one that ties lead to."""
    above = list(range(number))

    def first(i: int) -> int:
        while above[i] != i:
            above[i] = above[above[i]]
            i = above[i]
        return i

    for tied in ties:
        for other in tied[1:]:
            above[first(other)] = first(tied[0])
    return [first(i) for i in range(number)]


def _directions(number: int) -> Iterator[Floats]:
    """Yield signs for all cells, a few times: as good as drawn, and always the same."""
    order = np.arange(number, dtype=np.uint64)
    for turn in range(TRIES):
        mixed = (order + np.uint64(turn * number + 1)) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(31)
        mixed *= np.uint64(0xBF58476D1CE4E5B9)
        yield np.where(mixed >> np.uint64(63), 1.0, -1.0)
