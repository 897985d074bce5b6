"""What one circle of readers may see of some figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from escale.core.evaluation.policies import Policy
from escale.core.evaluation.tables import Cell

Told = Mapping[Cell, int | None]
"""What reports said of cells: a value, or None for a cell that they hid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What one policy lets people read of some figures.

    `shown` has the value of each cell that is published; `masked` are the others, with one mark for all, so that nobody sees
    why; `primary` are the masked ones that are small themselves, the rest of them protect these. `bounded` are masked cells of
    which totals and earlier reports leave less than k, whatever is hidden now.
    """

    shown: Mapping[Cell, int]
    masked: frozenset[Cell]
    primary: frozenset[Cell] = frozenset()
    bounded: frozenset[Cell] = frozenset()
    policy: Policy

    def value(self, cell: Cell) -> int | None:
        """Return what is published of a cell, None when it is masked. Raise KeyError when it is in no table of this release."""
        if cell in self.masked:
            return None
        return self.shown[cell]

    def tells(self, place: str, period: str, cells: Iterable[tuple[str, str]]) -> bool:
        """Tell whether every (table, category) is published for a place and period."""
        return all(Cell(place, table, category, period) in self.shown for table, category in cells)

    @property
    def told(self) -> dict[Cell, int | None]:
        """What later releases take as `earlier`."""
        return {**self.shown, **dict.fromkeys(self.masked)}
