"""The moves of the pattern program: where the visit of a usual day goes in a month in which its date is blocked.

A move carries no commune: it belongs to the usual day, whoever holds it. That is what keeps the program small.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from escale.core.planning.grid import Bools, Floats, Grid, Ints
from escale.core.planning.pattern.usual_days import UsualDays
from escale.core.planning.search.terms import IRREGULAR, SPACING, SWITCH


class Moves(NamedTuple):
    """Arrays of F moves, sorted by blocked date (B of them), and the pairs of blocked dates that follow one another (P)."""

    blocked_usual: Ints  # (B) usual day
    blocked_month: Ints  # (B)
    blocked: Ints  # (F) the blocked date that a move serves
    slot: Ints  # (F) where it goes
    cost: Floats  # (F)
    neighbours: Ints  # (P, 2) blocked dates of one usual day in two months that follow


def moves_of(grid: Grid, days: UsualDays) -> Moves:
    """Return every move of a blocked date to a slot of its month."""
    usual, month = np.nonzero(days.blocked)
    targets = [np.arange(grid.month_slots[t], grid.month_slots[t + 1], dtype=np.int32) for t in month]
    costs = [_costs(grid, days, int(q), int(t), s) for q, t, s in zip(usual, month, targets, strict=True)]
    number = {(q, t): n for n, (q, t) in enumerate(zip(usual.tolist(), month.tolist(), strict=True))}
    pairs = [(n, number[q, t + 1]) for (q, t), n in number.items() if (q, t + 1) in number and grid.follows[t + 1]]
    nothing = np.array([], np.int32)
    return Moves(
        blocked_usual=usual.astype(np.int32),
        blocked_month=month.astype(np.int32),
        blocked=np.repeat(np.arange(len(targets)), [len(s) for s in targets]).astype(np.int32),
        slot=np.concatenate([*targets, nothing]),
        cost=np.concatenate([*costs, np.array([])]),
        neighbours=np.array(pairs, np.int32).reshape(-1, 2),
    )


def badly_spaced(first: Ints, second: Ints) -> Bools:
    """Tell which dates (ordinals) of two months that follow are too close or too far apart."""
    gap = second - first
    bad: Bools = (gap < 21) | (gap > 35)
    return bad


def _costs(grid: Grid, days: UsualDays, usual: int, month: int, target: Ints) -> Floats:
    """Return what each target costs: another day, another mediator, and its distance from the regular visits before and after."""
    weights, months = grid.weights, days.slot.shape[1]
    cost: Floats = weights[IRREGULAR] * (grid.slot_pattern[target] != days.pattern[usual])
    cost = cost + weights[SWITCH] * (grid.slot_mediator[target] != days.mediator[usual])
    date = grid.slot_date[target]
    if month > 0 and grid.follows[month] and days.slot[usual, month - 1] >= 0:
        cost = cost + weights[SPACING] * badly_spaced(grid.slot_date[days.slot[usual, month - 1]], date)
    if month + 1 < months and grid.follows[month + 1] and days.slot[usual, month + 1] >= 0:
        cost = cost + weights[SPACING] * badly_spaced(date, grid.slot_date[days.slot[usual, month + 1]])
    return cost
