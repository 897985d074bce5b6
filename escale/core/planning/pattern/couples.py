"""The columns of the pattern program: one commune, or a morning one and an afternoon one, on the same day of every month."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from escale.core.planning.grid import Floats, Grid, Ints
from escale.core.planning.pattern.usual_days import UsualDays
from escale.core.planning.search.terms import ANNEX, PREFERENCE, SPACING


class Couples(NamedTuple):
    """Arrays of N columns: communes (-1 for none) of the morning and of the afternoon, their usual days, their day, the cost."""

    communes: Ints  # (N, 2)
    usual: Ints  # (N, 2)
    day: Ints  # (N)
    cost: Floats  # (N)


def couples_of(grid: Grid, days: UsualDays) -> Couples:
    """Return every column that the communes' half-days allow."""
    alone = _costs_alone(grid, days)
    saving = grid.base[:, None] + grid.base[None, :] - grid.between
    different = ~np.eye(len(grid.base), dtype=np.bool_)
    held = (~days.blocked).sum(axis=1)
    parts: list[tuple[Ints, Ints, Ints, Floats]] = []
    for day, (morning, afternoon) in enumerate(days.halves.tolist()):
        for half, usual in enumerate((morning, afternoon)):
            if usual >= 0:
                (single,) = np.nonzero(days.opens[:, usual])
                pair = np.full((len(single), 2), -1, np.int32)
                pair[:, half] = single
                parts.append(_part(pair, (morning, afternoon), day, alone[single, usual]))
        if morning >= 0 and afternoon >= 0:
            i, j = np.nonzero(days.opens[:, morning][:, None] & days.opens[:, afternoon][None, :] & different)
            cost = alone[i, morning] + alone[j, afternoon] - saving[i, j] * held[morning]
            parts.append(_part(np.stack([i, j], axis=1), (morning, afternoon), day, cost))
    communes, usual_days, day_numbers, costs = zip(*parts, strict=True)
    return Couples(
        communes=np.concatenate(communes),
        usual=np.concatenate(usual_days),
        day=np.concatenate(day_numbers),
        cost=np.concatenate(costs),
    )


def _part(communes: Ints, usual: tuple[int, int], day: int, cost: Floats) -> tuple[Ints, Ints, Ints, Floats]:
    taken = np.where(communes >= 0, np.array(usual, np.int32)[None, :], -1)
    return communes.astype(np.int32), taken.astype(np.int32), np.full(len(cost), day, np.int32), cost


def _costs_alone(grid: Grid, days: UsualDays) -> Floats:
    """Return what a commune costs on a usual day (C, Q) with no saving; a blocked visit is credited the best saving of all."""
    saving = grid.base[:, None] + grid.base[None, :] - grid.between
    np.fill_diagonal(saving, 0.0)
    best = np.maximum(0.0, saving.max(axis=1))
    months = days.slot.shape[1]
    cost = 2.0 * grid.base[:, None] * months - best[:, None] * days.blocked.sum(axis=1)[None, :]
    weekday = days.pattern % 14 // 2
    cost += grid.weights[PREFERENCE] * ((grid.preferred[:, None] >= 0) & (grid.preferred[:, None] != weekday[None, :]))
    cost += grid.weights[ANNEX] * ((grid.annex[:, None] >= 0) & (grid.annex[:, None] != days.pattern[None, :]))
    first = days.slot[:, 0]
    gap = grid.slot_date[first][None, :] - grid.before_date[:, None]
    far = (first >= 0)[None, :] & (grid.before_date[:, None] > 0) & ((gap < 21) | (gap > 35))
    priced: Floats = cost + grid.weights[SPACING] * far
    return priced
