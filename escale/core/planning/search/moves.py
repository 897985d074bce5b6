"""The moves of the search: each proposes to exchange the contents of slots, within one month or over a range of months."""

from __future__ import annotations

import numpy as np

from escale.core.planning.compiled import inlined
from escale.core.planning.grid import Floats, Grid
from escale.core.planning.search.draws import below
from escale.core.planning.search.state import State, propose

SHARES = np.array([0.12, 0.10, 0.10, 0.05, 0.32, 0.08, 0.10, 0.05, 0.08])
"""How often each move is tried, in the order of `try_move`."""
CUMULATED: Floats = np.cumsum(SHARES / SHARES.sum())


@inlined
def try_move(grid: Grid, state: State, choice: float, cumulated: Floats) -> None:
    """Propose the exchanges of one move; those that a commune forbids are left out when they are made."""
    if choice < cumulated[0]:
        visit_anywhere(grid, state)
    elif choice < cumulated[1]:
        visit_beside_partner(grid, state)
    elif choice < cumulated[2]:
        visit_on_usual_day(grid, state)
    elif choice < cumulated[3]:
        exchange_mediator_days(grid, state)
    elif choice < cumulated[4]:
        exchange_communes(grid, state)
    elif choice < cumulated[5]:
        take_another_usual_day(grid, state)
    elif choice < cumulated[6]:
        take_usual_day_beside_partner(grid, state)
    elif choice < cumulated[7]:
        exchange_usual_days(grid, state)
    else:
        rotate_beside_partners(grid, state)


@inlined
def _real_slot_of(grid: Grid, state: State, month: int) -> int:
    first, last = grid.month_slots[month], grid.month_slots[month + 1]
    return first + below(state.rng, last - first) if last > first else -1


@inlined
def _range(grid: Grid, state: State) -> tuple[int, int]:
    """Draw a range of months: the whole horizon half of the time."""
    months = grid.follows.shape[0]
    a, b = 0, months - 1
    if below(state.rng, 2) == 0:
        a, b = below(state.rng, months), below(state.rng, months)
    return min(a, b), max(a, b) + 1


@inlined
def _token(grid: Grid, c: int, month: int, rank: int) -> int:
    return grid.token_first[c] + month * grid.per_month[c] + rank


@inlined
def visit_anywhere(grid: Grid, state: State) -> None:
    """Give a visit any slot of its month, or none: a visit that is not due may cost more than it brings."""
    token = below(state.rng, grid.token_commune.shape[0])
    month = grid.token_month[token]
    first, last = grid.month_slots[month], grid.month_slots[month + 1]
    slot = first + below(state.rng, last - first + 1)
    propose(state, state.place[token], slot if slot < last else grid.allowed.shape[1] + token)


@inlined
def _partner(grid: Grid, state: State, c: int) -> int:
    return grid.partners[c, below(state.rng, grid.partners.shape[1])]


@inlined
def visit_beside_partner(grid: Grid, state: State) -> None:
    """Give a visit the other half of a day on which a good neighbour is visited."""
    token = below(state.rng, grid.token_commune.shape[0])
    partner = _partner(grid, state, grid.token_commune[token])
    other = _token(grid, partner, grid.token_month[token], below(state.rng, grid.per_month[partner]))
    slot = _couple(grid, state.place[other])
    if slot >= 0:
        propose(state, state.place[token], slot)


@inlined
def _couple(grid: Grid, slot: int) -> int:
    day = grid.slot_day[slot]
    return grid.day_slots[day, 1 - grid.slot_half[slot]] if day >= 0 else -1


@inlined
def visit_on_usual_day(grid: Grid, state: State) -> None:
    """Bring a visit back to its commune's usual day, at times with another mediator."""
    token = below(state.rng, grid.token_commune.shape[0])
    c = grid.token_commune[token]
    mediator = state.usual[c, 1]
    if below(state.rng, 4) == 0:
        mediator = below(state.rng, grid.slot_at.shape[0])
    slot = grid.slot_at[mediator, state.usual[c, 0], grid.token_month[token]]
    if slot >= 0:
        propose(state, state.place[token], slot)


@inlined
def exchange_mediator_days(grid: Grid, state: State) -> None:
    """Exchange two mediator-days of a month."""
    month = below(state.rng, grid.follows.shape[0])
    first, last = grid.month_days[month], grid.month_days[month + 1]
    if last > first:
        _exchange_days(grid, state, first + below(state.rng, last - first), first + below(state.rng, last - first))


@inlined
def _exchange_days(grid: Grid, state: State, a: int, b: int) -> None:
    for half in range(2):
        s, r = grid.day_slots[a, half], grid.day_slots[b, half]
        if s >= 0 and r >= 0:
            propose(state, s, r)


@inlined
def exchange_communes(grid: Grid, state: State) -> None:
    """Exchange the dates of two communes over a range of months."""
    a = below(state.rng, grid.due.shape[0])
    b = _partner(grid, state, a) if below(state.rng, 4) == 0 else below(state.rng, grid.due.shape[0])
    first, last = _range(grid, state)
    rank_a, rank_b = below(state.rng, grid.per_month[a]), below(state.rng, grid.per_month[b])
    for month in range(first, last):
        propose(state, state.place[_token(grid, a, month, rank_a)], state.place[_token(grid, b, month, rank_b)])


@inlined
def take_another_usual_day(grid: Grid, state: State) -> None:
    """Give a commune another usual day and mediator, drawn at random, over a range of months."""
    token = below(state.rng, grid.token_commune.shape[0])
    slot = _real_slot_of(grid, state, grid.token_month[token])
    if slot >= 0:
        _move_to_pattern(grid, state, grid.token_commune[token], grid.slot_mediator[slot], grid.slot_pattern[slot])


@inlined
def take_usual_day_beside_partner(grid: Grid, state: State) -> None:
    """Give a commune the other half of a good neighbour's usual day over a range of months."""
    c = below(state.rng, grid.due.shape[0])
    partner = _partner(grid, state, c)
    _move_to_pattern(grid, state, c, state.usual[partner, 1], state.usual[partner, 0] ^ 1)


@inlined
def rotate_beside_partners(grid: Grid, state: State) -> None:
    """Give a commune the place beside a good neighbour, its holder the place beside its own, and that one's holder the first."""
    c = below(state.rng, grid.due.shape[0])
    partner = _partner(grid, state, c)
    mediator, pattern = state.usual[partner, 1], state.usual[partner, 0] ^ 1
    month = below(state.rng, grid.follows.shape[0])
    slot = grid.slot_at[mediator, pattern, month]
    token = state.holder[slot] if slot >= 0 else -1
    if token >= 0:
        other = _partner(grid, state, grid.token_commune[token])
        first, last = _range(grid, state)
        rank = below(state.rng, grid.per_month[c])
        for t in range(first, last):
            here = state.place[_token(grid, c, t, rank)]
            there = grid.slot_at[mediator, pattern, t]
            beyond = grid.slot_at[state.usual[other, 1], state.usual[other, 0] ^ 1, t]
            if there >= 0:
                propose(state, here, there)
                if beyond >= 0:
                    propose(state, here, beyond)


@inlined
def _move_to_pattern(grid: Grid, state: State, c: int, mediator: int, pattern: int) -> None:
    first, last = _range(grid, state)
    rank = below(state.rng, grid.per_month[c])
    for month in range(first, last):
        slot = grid.slot_at[mediator, pattern, month]
        if slot >= 0:
            propose(state, state.place[_token(grid, c, month, rank)], slot)


@inlined
def exchange_usual_days(grid: Grid, state: State) -> None:
    """Exchange two usual days, both halves, over a range of months."""
    month = below(state.rng, grid.follows.shape[0])
    a, b = _real_slot_of(grid, state, month), _real_slot_of(grid, state, month)
    first, last = _range(grid, state)
    morning_a, morning_b = grid.slot_pattern[a] & ~1, grid.slot_pattern[b] & ~1
    for t in range(first, last if a >= 0 else first):
        for half in range(2):
            s = grid.slot_at[grid.slot_mediator[a], morning_a + half, t]
            r = grid.slot_at[grid.slot_mediator[b], morning_b + half, t]
            if s >= 0 and r >= 0:
                propose(state, s, r)
