"""The program of one month: its visits are rows, its half-days are columns, all other months stay as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from escale.core.planning.grid import Bools, Floats
from escale.core.planning.repair.assignment import FORBIDDEN, Long, cheapest_assignment
from escale.core.planning.repair.wishes import Seat

OPTIONAL = 1_000.0
"""What leaving out a published visit of a month that is not due costs, in kilometres: more than any half-day costs a commune."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A visit to place: of which commune (rank in the problem), whether the month owes it, what leaving it out costs."""

    commune: int
    due: bool
    waits: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """Rows and seats. `home` marks the seats where the commune of a row is published, `promised` those that a make-up holds.

    `cost` is what the judge charges for a seat beside the visits of other months and those that stand in this one.
    """

    rows: tuple[Row, ...]
    seats: tuple[Seat, ...]
    open: Bools  # (rows, seats)
    home: Bools  # (rows, seats)
    promised: Bools  # (seats)
    cost: Floats  # (rows, seats)

    def disturbs(self) -> Long:
        """Count what each seat disturbs: one when it is not the row's own, one more when a make-up holds it."""
        return (~self.home).astype(np.int64) + self.promised

    def has_home(self) -> Bools:
        """Tell which rows may stay where their commune is published."""
        return np.asarray(self.home.any(axis=1), np.bool_)

    def options(self) -> list[list[int]]:
        """Return the seats that each row can take."""
        return [np.flatnonzero(row).tolist() for row in self.open]

    def assigned(self) -> list[int]:
        """Return the seat of each row, or -1: fewest due visits unserved, then fewest published ones disturbed, then least cost.

        The three are one exact assignment in whole numbers: each level weighs more than all below it together can.
        """
        count, seats = self.open.shape
        cheap = np.rint(10 * np.where(self.open, self.cost, 0.0)).astype(np.int64)
        waits = np.rint(10 * np.array([row.waits for row in self.rows])).astype(np.int64)
        beside = np.concatenate([cheap, waits[:, None]], axis=1)
        disturb = 1 + int((beside.max(axis=1) - beside.min(axis=1)).sum())
        unserved = disturb * (3 * count + 1)
        real = np.where(self.open, cheap + disturb * self.disturbs(), FORBIDDEN)
        due = np.array([row.due for row in self.rows], np.int64)
        waiting = np.full((count, count), FORBIDDEN)
        np.fill_diagonal(waiting, waits + disturb + unserved * due)
        found = cheapest_assignment(np.concatenate([real, waiting], axis=1))
        return [column if column < seats else -1 for column in found]

    def left_out(self, found: Sequence[int]) -> int:
        """Count the due rows without a seat."""
        return sum(row.due and seat < 0 for row, seat in zip(self.rows, found, strict=True))

    def keeps_homes(self, found: Sequence[int]) -> bool:
        """Tell whether every row that may stay published does, and no make-up gives way."""
        return self.disturbed(found) == int((~self.has_home()).sum())

    def disturbed(self, found: Sequence[int]) -> int:
        """Count what a choice disturbs; a row without a seat counts once."""
        table = self.disturbs()
        return sum(1 if seat < 0 else int(table[n, seat]) for n, seat in enumerate(found))
