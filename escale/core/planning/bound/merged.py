"""The problem as the bound sees it: mediators with the same calendar are one class, their slots one slot with more room."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from escale.core.planning.grid import Bools, Floats, Grid, Ints
from escale.core.planning.problem import Problem


class Merged(NamedTuple):
    """Arrays of the merged problem. C communes, T months, S merged slots, N dates of the longest month.

    Slots are sorted by month; the dates of a month are numbered from 0.
    """

    slot_month: Ints  # (S)
    slot_class: Ints  # (S)
    slot_date: Ints  # (S) ordinal
    slot_rank: Ints  # (S) number of the date within its month
    slot_pattern: Ints  # (S)
    coupled: Bools  # (S) the day has two halves, so a saving is possible
    room: Ints  # (S) mediators of the class
    month_slots: Ints  # (T+1)
    dates: Ints  # (T, N) ordinal of each date, 0 beyond the month's last
    allowed: Bools  # (C, S)
    members: Ints  # (classes) mediators in each class
    shared: Bools  # (T, C, C) some common day allows both communes, one in the morning and one in the afternoon
    saving: Floats  # (C, C) kilometres spared when both are visited on one day, as cost; never below zero
    slot_of: Ints  # (slots of the grid) merged slot


def merge(problem: Problem, grid: Grid) -> Merged:
    """Merge the mediators that have the same calendar within the horizon."""
    calendars: dict[frozenset[object], int] = {}
    days = {day for month in problem.months for day in month.days()}
    class_of = [calendars.setdefault(mediator.away & days, len(calendars)) for mediator in problem.mediators]
    keys: dict[tuple[int, int, int], int] = {}
    first: list[int] = []
    slot_of = np.zeros(grid.slots, np.int32)
    for s in range(grid.slots):
        key = (class_of[grid.slot_mediator[s]], int(grid.slot_date[s]), int(grid.slot_half[s]))
        if key not in keys:
            keys[key] = len(first)
            first.append(s)
        slot_of[s] = keys[key]
    real = np.array(first, np.int64)
    months = len(problem.months)
    slot_class = np.array([class_of[m] for m in grid.slot_mediator[real]], np.int32)
    members = np.bincount(class_of).astype(np.int32)
    slot_month = grid.slot_month[real]
    slot_rank, dates = _dates(slot_month, grid.slot_date[real], months)
    couple = grid.day_slots[grid.slot_day[real]]
    saving = np.maximum(0.0, grid.base[:, None] + grid.base[None, :] - np.minimum(grid.between, grid.between.T))
    return Merged(
        slot_month=slot_month,
        slot_class=slot_class,
        slot_date=grid.slot_date[real],
        slot_rank=slot_rank,
        slot_pattern=grid.slot_pattern[real],
        coupled=np.all(couple >= 0, axis=1),
        room=members[slot_class],
        month_slots=np.searchsorted(slot_month, np.arange(months + 1)).astype(np.int32),
        dates=dates,
        allowed=np.ascontiguousarray(grid.allowed[:, real]),
        members=members,
        shared=_shared(grid, months),
        saving=saving,
        slot_of=slot_of,
    )


def _dates(slot_month: Ints, slot_date: Ints, months: int) -> tuple[Ints, Ints]:
    """Return the number of each slot's date within its month, and the dates of each month."""
    by_month = [np.unique(slot_date[slot_month == t]) for t in range(months)]
    dates = np.zeros((months, max(1, max(len(d) for d in by_month))), np.int32)
    rank = np.zeros(len(slot_month), np.int32)
    for t, found in enumerate(by_month):
        dates[t, : len(found)] = found
        here = slot_month == t
        rank[here] = np.searchsorted(found, slot_date[here])
    return rank, dates


def _shared(grid: Grid, months: int) -> Bools:
    """Tell which pairs some mediator-day of a month allows."""
    communes = len(grid.allowed)
    shared = np.zeros((months, communes, communes), np.bool_)
    whole = grid.day_slots[(grid.day_slots >= 0).all(axis=1)]
    for t in range(months):
        days = whole[grid.slot_month[whole[:, 0]] == t]
        morning = grid.allowed[:, days[:, 0]].astype(np.float32)
        afternoon = grid.allowed[:, days[:, 1]].astype(np.float32)
        shared[t] = morning @ afternoon.T > 0
    return shared | shared.transpose(0, 2, 1)
