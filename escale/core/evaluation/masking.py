"""Hides cells beside the small ones until whoever adds and subtracts learns nothing of them; it always comes to an end."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from escale.core.evaluation.attacker import Attacker
from escale.core.evaluation.figures import Figures
from escale.core.evaluation.policies import Policy
from escale.core.evaluation.rooms import rooms
from escale.core.evaluation.tables import Cell, Sort, sort_of

YEAR_WORTH = 3.0
"""How much dearer the figure of a year is than that of a quarter of the same size."""
CLOSES = 0.3
"""What a cell costs when its other sums already hide one: a rectangle of hidden cells is closed."""


class Masking:
    """The masked cells of some figures, from the small ones on; those of `guarded` sorts are protected.

    `known` cells are published whatever happens.
    """

    def __init__(
        self,
        figures: Figures,
        policy: Policy,
        *,
        known: Collection[Cell],
        masked: Iterable[Cell],
        guarded: Collection[Sort],
    ) -> None:
        self._figures, self._policy, self._guarded = figures, policy, guarded
        self._room = rooms(figures, known)
        self._attacker = Attacker(figures, known)
        equal = _unknown(((link.whole, *link.parts) for link in figures.links), known)
        near = _unknown(((link.whole, *link.parts) for link in figures.covers), known) + _unknown(figures.caps.items(), known)
        self._sums = equal + near
        # What is at most or at least another is near it, but gives nothing away alone.
        self._equal = range(len(equal))
        self._hides = [0] * len(self._sums)
        self._of: dict[Cell, list[int]] = {cell: [] for cell in figures.values if cell not in known}
        for number, cells in enumerate(self._sums):
            for cell in cells:
                self._of[cell].append(number)
        self.masked: set[Cell] = set()
        self._hide(sorted(masked))

    def protect(self) -> list[Cell]:
        """Hide what is needed, and return the cells that nothing can protect any more. Each turn hides one cell more, or ends."""
        self._pair()
        while weak := self._attacker.weak_among({cell: self._width(cell) for cell in self.masked}):
            hidden = len(self.masked)
            touched: set[int] = set()
            for cell in weak:
                self._help(cell, touched)
            self._pair()
            if len(self.masked) == hidden:
                return weak
        return []

    def _hide(self, cells: Iterable[Cell]) -> None:
        fresh = [cell for cell in cells if cell not in self.masked]
        self.masked.update(fresh)
        self._attacker.open_cells(fresh)
        for cell in fresh:
            for number in self._of[cell]:
                self._hides[number] += 1

    def _width(self, cell: Cell) -> float:
        """Return how wide the range of a hidden cell must be: k, or all that totals and earlier reports leave."""
        sort = sort_of(cell)
        k = self._policy.k(sort) or 0
        if sort not in self._guarded or (cell in self._figures.silent and not 0 < abs(self._figures.values[cell]) < k):
            return 0
        cap = self._figures.caps.get(cell)
        if cap is not None and cap in self.masked and sort_of(cap) is not Sort.ATTRIBUTE:
            # Nothing more is learnt than about the total, which is hidden too.
            return min(k, self._policy.k(Sort.ACTIVITY) or k)
        return min(k, self._room[cell])

    def _pair(self) -> None:
        """Hide a second cell wherever a sum gives a single one away."""
        alone = [number for number in self._equal if self._hides[number] == 1]
        while alone:
            number = alone.pop()
            if self._hides[number] != 1:
                continue
            (cell,) = (cell for cell in self._sums[number] if cell in self.masked)
            free = self._free(self._sums[number])
            if self._width(cell) and free:
                chosen = min(free, key=lambda other: self._cost(other, cell))
                self._hide([chosen])
                alone += [each for each in self._of[chosen] if each in self._equal and self._hides[each] == 1]

    def _help(self, cell: Cell, touched: set[int]) -> None:
        """Hide the cheapest cell near one that is not protected: in its sums, else in those of the hidden cells around it."""
        if touched.intersection(self._of[cell]):
            return
        seen, near = {cell}, [cell]
        while near:
            around = [other for one in near for number in self._of[one] for other in self._sums[number] if other not in seen]
            if free := self._free(around):
                chosen = min(free, key=lambda other: self._cost(other, cell))
                self._hide([chosen])
                touched.update(self._of[chosen])
                return
            seen.update(around)
            near = list(dict.fromkeys(around))

    def _free(self, cells: Iterable[Cell]) -> list[Cell]:
        """Return what may be hidden of some cells; for one that cannot exceed a published zero, that zero."""
        found = dict.fromkeys(self._lever(cell) for cell in cells if cell not in self.masked)
        return [cell for cell in found if cell not in self.masked]

    def _lever(self, cell: Cell) -> Cell:
        cap = self._figures.caps.get(cell)
        return cap if cap in self._of and cap not in self.masked and not self._figures.values[cap] else cell

    def _cost(self, cell: Cell, helped: Cell) -> tuple[float, Cell]:
        """Return what is lost with a cell, for what it protects; the name settles what is equal."""
        low, high = self._attacker.range_of(helped)
        value, short = abs(self._figures.values[cell]), self._width(helped) - (high - low)
        worth = value * (YEAR_WORTH if len(cell.period) == 4 else 1.0) + 1
        if value < short and self._figures.values[helped] < short:
            worth += 4 * (short - value)
        closes = sum(self._hides[number] > 0 for number in self._of[cell]) > 1
        return worth * (CLOSES if closes else 1.0), cell


def _unknown(sums: Iterable[tuple[Cell, ...]], known: Collection[Cell]) -> list[tuple[Cell, ...]]:
    """Return the cells of each sum whose value may be hidden."""
    return [kept for cells in sums if (kept := tuple(cell for cell in cells if cell not in known))]
