"""The linear program that proposes prices: years of communes and couples of neighbours as columns (Dantzig and Wolfe 1960)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import highspy
import numpy as np

from escale.core.planning.bound.merged import Merged
from escale.core.planning.grid import Floats, Grid, Ints


class Prices(NamedTuple):
    """What a slot costs (S), what a commune receives for a slot with a saving (C, T), both at least zero."""

    slot: Floats
    saving: Floats

    def towards(self, other: Prices, share: float) -> Prices:
        """Return prices between these and `other`: `share` of the way."""
        return Prices(*(a + share * (b - a) for a, b in zip(self, other, strict=True)))


class Master:
    """The restricted master program; columns are added, never taken away."""

    def __init__(self, grid: Grid, merged: Merged, goes_on: Callable[[], bool]) -> None:
        self._grid = grid
        self._merged = merged
        self._communes, self._months = grid.due.shape
        self._slots = len(merged.slot_month)
        self._links = self._slots
        self._choices = self._slots + self._communes * self._months
        self._known: set[bytes] = set()
        self._model: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in (("output_flag", False), ("threads", 1), ("presolve", "off"), ("simplex_strategy", 4)):
            self._model.setOptionValue(option, value)
        # One program of hundreds of communes may take minutes; prices of an unfinished one are as good as any for a bound.
        self._model.cbSimplexInterrupt += lambda event: None if goes_on() else event.interrupt()
        rows = self._choices + self._communes
        infinity = highspy.kHighsInf
        lower = np.full(rows, -infinity)
        upper = np.concatenate([merged.room.astype(np.float64), np.zeros(self._communes * self._months), np.ones(self._communes)])
        lower[self._choices :] = 1.0
        empty = np.array([], np.int32)
        self._model.addRows(rows, lower, upper, 0, empty, empty, np.array([], np.float64))
        missing = np.array([1e7] * self._communes)
        self._add(
            missing,
            [np.array([self._choices + c], np.int32) for c in range(self._communes)],
            [np.ones(1)] * self._communes,
        )

    @property
    def columns(self) -> int:
        """Number of columns."""
        return int(self._model.getNumCol())

    def add_years(self, communes: Ints, years: Ints, costs: Floats) -> int:
        """Add years of communes (rows of merged slots, -1 for none) with their costs, and return how many were new."""
        kept, indices, values = [], [], []
        for n, (c, year) in enumerate(zip(communes.tolist(), years, strict=True)):
            key = np.concatenate([[c], year]).astype(np.int32).tobytes()
            if key in self._known:
                continue
            self._known.add(key)
            slots = year[year >= 0]
            coupled = slots[self._merged.coupled[slots]]
            links = self._links + c * self._months + self._merged.slot_month[coupled]
            links, counts = np.unique(links, return_counts=True)
            taken, rooms = np.unique(slots, return_counts=True)
            kept.append(n)
            indices.append(np.concatenate([taken, links, [self._choices + c]]).astype(np.int32))
            values.append(np.concatenate([rooms, -counts, [1.0]]).astype(np.float64))
        self._add(costs[kept], indices, values)
        return len(kept)

    def add_pairs(self, pairs: Ints) -> int:
        """Add pairs of neighbours (month, first, second), and return how many were new."""
        costs, indices = [], []
        for t, i, j in pairs.tolist():
            key = np.array([-1, t, i, j], np.int32).tobytes()
            if key in self._known or i == j:
                continue
            self._known.add(key)
            costs.append(-self._merged.saving[i, j])
            indices.append(np.array([self._links + i * self._months + t, self._links + j * self._months + t], np.int32))
        self._add(np.array(costs), indices, [np.ones(2)] * len(indices))
        return len(costs)

    def prices(self) -> tuple[float, Prices]:
        """Solve the program, as long as the proof goes on, and return its value and its prices."""
        self._model.run()
        duals = -np.array(self._model.getSolution().row_dual)
        link = duals[self._links : self._choices].reshape(self._communes, self._months)
        return self._model.getInfo().objective_function_value, Prices(
            slot=np.maximum(0.0, duals[: self._slots]), saving=np.maximum(0.0, link)
        )

    def _add(self, costs: Floats, indices: list[Ints], values: list[Floats]) -> None:
        if not indices:
            return
        starts = np.concatenate([[0], np.cumsum([len(i) for i in indices])[:-1]]).astype(np.int32)
        number = len(indices)
        self._model.addCols(
            number,
            np.asarray(costs, np.float64),
            np.zeros(number),
            np.full(number, highspy.kHighsInf),
            sum(len(i) for i in indices),
            starts,
            np.concatenate(indices),
            np.concatenate(values),
        )
