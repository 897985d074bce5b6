"""The cheapest plan found in the time given in which a commune really has its usual day in a window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from escale.core.planning.explaining.starts import Wish, fulfils, tokens_of, window_slots
from escale.core.planning.grid import Grid, Ints
from escale.core.planning.search.anneal import anneal
from escale.core.planning.search.moves import CUMULATED
from escale.core.planning.search.state import start, total_cost

SEARCHERS = 2
HOT, COLD = 12.0, 2.0
"""Temperatures of the short cooling, in kilometre equivalents: low, since only a corner of a good plan is to be mended."""
CHUNK = 8_000
PINNED_SHARE = 0.6
"""Share of the time with every visit pinned to the window; then irregular visits are set free, in several coolings."""
FREE_SHARE = 0.2
FREED = 0.1
"""How often a visit on the usual day is set free as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forced:
    """Slot contents that fulfil a wish, and what they cost."""

    cost: float
    holder: Ints


def cheapest_with(grid: Grid, wish: Wish, starts: Sequence[Ints], *, seed: int, share: Callable[[], float]) -> Forced:
    """Return the best plan found that fulfils the wish, searching until `share()` (of the time) reaches 1.

    `starts` are slot contents; one of them at least fulfils the wish, so that the answer costs no more than it.
    """
    searchers = [_Searcher(grid, wish, [*starts[n::SEARCHERS], starts[-1]], seed, n) for n in range(SEARCHERS)]
    with ThreadPoolExecutor(SEARCHERS) as pool:
        for running in [pool.submit(searcher.run, share) for searcher in searchers]:
            running.result()
    found = [searcher.best for searcher in searchers if searcher.best is not None]
    return min(found, key=lambda forced: forced.cost)


class _Searcher:
    """One thread of the search: coolings with the commune pinned, each from the best plan so far."""

    def __init__(self, grid: Grid, wish: Wish, starts: list[Ints], seed: int, stream: int) -> None:
        self._grid = grid
        self._wish = wish
        self._starts = starts
        self._seed = seed
        self._stream = stream
        self._draws = np.random.default_rng([seed, stream])
        self.best: Forced | None = None

    def run(self, share: Callable[[], float]) -> None:
        """Search until the time is spent."""
        for contents in self._starts:
            self._keep(contents)
        self._cool(min(self._starts, key=self._cost), self._pins(free=False), share, 0.0, PINNED_SHARE)
        spent = share()
        while spent < 1 and self.best is not None:
            self._cool(self.best.holder, self._pins(free=True), share, spent, min(1.0, spent + FREE_SHARE))
            spent = share()

    def _cool(self, contents: Ints, pinned: Grid, share: Callable[[], float], begins: float, ends: float) -> None:
        self._stream += SEARCHERS
        state = start(pinned, contents, self._seed, self._stream)
        spent = share()
        while spent < ends:
            fraction = max(0.0, (spent - begins) / (ends - begins))
            heat = HOT * (COLD / HOT) ** fraction
            anneal(pinned, state, CUMULATED, heat, heat, CHUNK)
            spent = share()
        self._keep(state.best)

    def _keep(self, contents: Ints) -> None:
        if fulfils(self._grid, contents, self._wish):
            cost = self._cost(contents)
            if self.best is None or cost < self.best.cost:
                self.best = Forced(cost=cost, holder=contents.copy())

    def _cost(self, contents: Ints) -> float:
        return total_cost(self._grid, start(self._grid, contents, 0, 0))

    def _pins(self, *, free: bool) -> Grid:
        """Return the grid with the commune held in the window, in every month or, if `free`, on most of its usual dates."""
        grid, c = self._grid, self._wish.commune
        inside = window_slots(grid, self._wish)
        months = np.unique(grid.slot_month[: grid.slots][inside])
        if free and self.best is not None:
            slots = tokens_of(grid, c, self.best.holder).ravel()
            there = slots[slots < grid.slots]
            there = there[inside[there]]
            usual = np.bincount(grid.slot_pattern[there]).argmax()
            months = grid.slot_month[there[(grid.slot_pattern[there] == usual) & (self._draws.random(len(there)) > FREED)]]
        allowed = grid.allowed.copy()
        held = np.isin(grid.slot_month[: grid.slots], months) & ~inside
        allowed[c, held] = False
        due = grid.due.copy()  # else a visit that no month owes would be dropped rather than pinned
        due[c, months] = np.maximum(1, due[c, months])
        return grid._replace(allowed=allowed, due=due)
