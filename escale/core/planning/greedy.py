"""The first plan, in milliseconds: each month repeats the last one where it can, and leaves as few communes out as possible."""

from __future__ import annotations

import numpy as np

from escale.core.planning.grid import Grid, Ints


def first_plan(grid: Grid) -> Ints:
    """Return slot contents that serve, month by month, as many due visits as any plan can.

    First, each commune whose usual day is free takes it; then the others take the first free half-day, those with the fewest
    open ones first. When none is free, others give way along an augmenting path (Kuhn 1955): each month leaves out as few
    visits as possible. The usual day is the annexed one, else that of the first visit.
    """
    holder = np.full(grid.slots + grid.tokens, -1, np.int32)
    usual: dict[int, tuple[int, int]] = {}
    for month in range(grid.due.shape[1]):
        first, last = int(grid.month_slots[month]), int(grid.month_slots[month + 1])
        tokens = [t for t in np.flatnonzero(grid.token_month == month).tolist() if _is_due(grid, t)]
        options = {t: (first + np.flatnonzero(grid.allowed[grid.token_commune[t], first:last])).astype(np.int32) for t in tokens}
        irregular = [t for t in tokens if not _take_usual_day(grid, holder, t, month, usual.get(_visitor(grid, t)))]
        dead: set[int] = set()
        for token in sorted(irregular, key=lambda t: (len(options[t]), t)):
            free = options[token][holder[options[token]] < 0]
            if len(free):
                holder[free[0]] = token
            else:
                _make_room(holder, options, token, dead)
        for slot in range(first, last):
            if holder[slot] >= 0:
                day = int(grid.slot_mediator[slot]), int(grid.slot_pattern[slot])
                usual.setdefault(_visitor(grid, int(holder[slot])), day)
    waiting = np.setdiff1d(np.arange(grid.tokens), holder[holder >= 0])
    holder[grid.slots + waiting] = waiting
    return holder


def _is_due(grid: Grid, token: int) -> bool:
    c, month = grid.token_commune[token], grid.token_month[token]
    rank = (token - grid.token_first[c]) % grid.per_month[c]
    return bool(rank < grid.due[c, month])


def _visitor(grid: Grid, token: int) -> int:
    """Return what the tokens of one commune and rank have in common over the months: the first of them."""
    c = grid.token_commune[token]
    return int(grid.token_first[c] + (token - grid.token_first[c]) % grid.per_month[c])


def _take_usual_day(grid: Grid, holder: Ints, token: int, month: int, usual: tuple[int, int] | None) -> bool:
    """Place a token on its commune's usual day in this month, when it is free. Return whether it was."""
    c = int(grid.token_commune[token])
    wanted = [usual] if usual else []
    if grid.annex[c] >= 0:
        # The agreed day first, though a month before could not have it; by the mediator who comes already, if possible.
        mediators = sorted(range(grid.slot_at.shape[0]), key=lambda m: usual is None or m != usual[0])
        wanted = [(m, int(grid.annex[c])) for m in mediators] + wanted
    for mediator, pattern in wanted:
        slot = int(grid.slot_at[mediator, pattern, month])
        if slot >= 0 and grid.allowed[c, slot] and holder[slot] < 0:
            holder[slot] = token
            return True
    return False


def _make_room(holder: Ints, options: dict[int, Ints], token: int, dead: set[int]) -> bool:
    """Place a token by moving others along an augmenting path; without recursion, since a path can pass every commune.

    Slots that a search reached in vain are `dead`: no later path of the month leads from them to a free one.
    """
    tried = set(dead)
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
    dead |= tried
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
