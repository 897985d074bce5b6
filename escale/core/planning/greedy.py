"""The first plan, in milliseconds: each month repeats the last one where it can, and leaves as few communes out as possible."""

from __future__ import annotations

import numpy as np

from escale.core.planning.grid import Grid, Ints


def first_plan(grid: Grid) -> Ints:
    """Return slot contents that serve, month by month, as many due visits as any plan can.

    A commune takes the usual day that it had the month before, else its annexed one, else the first free half-day. When
    none is free, others give way along an augmenting path (Kuhn 1955): each month leaves out as few visits as possible.
    """
    holder = np.full(grid.slots + grid.tokens, -1, np.int32)
    habit: dict[int, tuple[int, int]] = {}
    for month in range(grid.due.shape[1]):
        first, last = int(grid.month_slots[month]), int(grid.month_slots[month + 1])
        tokens = [t for t in np.flatnonzero(grid.token_month == month).tolist() if _is_due(grid, t)]
        options = {t: (first + np.flatnonzero(grid.allowed[grid.token_commune[t], first:last])).astype(np.int32) for t in tokens}
        for token in sorted(tokens, key=lambda t: (len(options[t]), t)):
            slot = _usual_slot(grid, holder, token, month, habit.get(token - int(grid.per_month[grid.token_commune[token]])))
            if slot < 0:
                free = options[token][holder[options[token]] < 0]
                slot = int(free[0]) if len(free) else -1
            if slot >= 0:
                holder[slot] = token
            else:
                _make_room(holder, options, token, set())
        for slot in range(first, last):
            if holder[slot] >= 0:
                habit[int(holder[slot])] = (int(grid.slot_mediator[slot]), int(grid.slot_pattern[slot]))
    waiting = np.setdiff1d(np.arange(grid.tokens), holder[holder >= 0])
    holder[grid.slots + waiting] = waiting
    return holder


def _is_due(grid: Grid, token: int) -> bool:
    c, month = grid.token_commune[token], grid.token_month[token]
    rank = (token - grid.token_first[c]) % grid.per_month[c]
    return bool(rank < grid.due[c, month])


def _usual_slot(grid: Grid, holder: Ints, token: int, month: int, habit: tuple[int, int] | None) -> int:
    """Return the free slot of the commune's usual day in this month, or -1."""
    c = int(grid.token_commune[token])
    wanted = [habit] if habit else []
    if grid.annex[c] >= 0 and not habit:
        wanted = [(m, int(grid.annex[c])) for m in range(grid.slot_at.shape[0])]
    for mediator, pattern in wanted:
        slot = int(grid.slot_at[mediator, pattern, month])
        if slot >= 0 and grid.allowed[c, slot] and holder[slot] < 0:
            return slot
    return -1


def _make_room(holder: Ints, options: dict[int, Ints], token: int, tried: set[int]) -> bool:
    """Place a token by moving others along an augmenting path; without recursion, since a path can pass every commune."""
    came_from: dict[int, int] = {}
    queue = [token]
    for mover in queue:
        for slot in options[mover].tolist():
            if slot in tried:
                continue
            tried.add(slot)
            came_from[slot] = mover
            if holder[slot] < 0:
                _shift(holder, came_from, slot, token)
                return True
            queue.append(int(holder[slot]))
    return False


def _shift(holder: Ints, came_from: dict[int, int], free: int, token: int) -> None:
    slot = free
    while True:
        mover = came_from[slot]
        before = np.flatnonzero(holder == mover)
        holder[slot] = mover
        if mover == token:
            return
        slot = int(before[0])
