"""The state of the search: who holds each slot, what that costs, and the journal of the move under trial."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from escale.core.planning.compiled import inlined, lean
from escale.core.planning.grid import PATTERNS, Floats, Grid, Ints
from escale.core.planning.search.draws import Generator, seeded
from escale.core.planning.search.terms import balance_cost, commune_cost, day_cost

COMMUNES, DAYS, PROPOSED, MADE, TRIAL = range(5)
"""Places in `State.tally`: communes and days touched, exchanges proposed and made, number of the trial."""


class State(NamedTuple):
    """Arrays of the search; the costs of communes and days are those of the last accepted move."""

    holder: Ints  # (S+V) token in a slot, or -1
    place: Ints  # (V) slot of a token
    commune_costs: Floats  # (C)
    day_costs: Floats  # (D)
    loads: Ints  # (M) visits of each mediator
    cost: Floats  # (2) now, and the best so far
    best: Ints  # (S+V) holder of the best so far
    usual: Ints  # (C, 2) usual pattern and mediator when the commune was last looked at
    counts: Ints  # scratch of zeros
    tally: Ints  # (5)
    touched_communes: Ints  # (C)
    touched_days: Ints  # (D)
    commune_stamp: Ints  # (C) last trial that touched the commune
    day_stamp: Ints  # (D)
    exchanges: Ints  # (2, n) the slots whose contents were exchanged
    trial_costs: Floats  # (C + D) costs under trial
    rng: Generator  # (1)


def start(grid: Grid, holder: Ints, seed: int, stream: int) -> State:
    """Return the state of a search that begins with these slot contents."""
    communes, months = grid.due.shape
    days = len(grid.day_slots)
    mediators = grid.slot_at.shape[0]
    place = np.full(grid.tokens, -1, np.int32)
    held = np.flatnonzero(holder >= 0)
    place[holder[held]] = held
    loads = np.bincount(grid.slot_mediator[held[held < grid.slots]], minlength=mediators).astype(np.int32)
    state = State(
        holder=holder.copy(),
        place=place,
        commune_costs=np.zeros(communes),
        day_costs=np.zeros(days),
        loads=loads,
        cost=np.zeros(2),
        best=holder.copy(),
        usual=np.zeros((communes, 2), np.int32),
        counts=np.zeros(PATTERNS + mediators + 7, np.int32),
        tally=np.zeros(5, np.int32),
        touched_communes=np.zeros(communes, np.int32),
        touched_days=np.zeros(days, np.int32),
        commune_stamp=np.zeros(communes, np.int32),
        day_stamp=np.zeros(days, np.int32),
        exchanges=np.zeros((2, 8 * months * int(grid.per_month.max()) + 8), np.int32),
        trial_costs=np.zeros(communes + days),
        rng=seeded(seed, stream),
    )
    total_cost(grid, state)
    state.cost[1] = state.cost[0]
    return state


@lean
def total_cost(grid: Grid, state: State) -> float:
    """Compute every cost anew, so that no rounding can add up, and return the sum."""
    total = balance_cost(grid, state.loads)
    for c in range(grid.due.shape[0]):
        state.commune_costs[c] = commune_cost(grid, state.place, state.counts, state.usual, c)
        total += state.commune_costs[c]
    for day in range(grid.day_slots.shape[0]):
        state.day_costs[day] = day_cost(grid, state.holder, day)
        total += state.day_costs[day]
    state.cost[0] = total
    return total


@inlined
def propose(state: State, a: int, b: int) -> None:
    """Note that a move wants the contents of two slots of one month exchanged; exchanges are made in order."""
    n = state.tally[PROPOSED]
    state.exchanges[0, n] = a
    state.exchanges[1, n] = b
    state.tally[PROPOSED] = n + 1


@inlined
def apply(grid: Grid, state: State) -> int:
    """Make the proposed exchanges that no commune forbids, note what they touch, and return how many were made."""
    slots = grid.allowed.shape[1]
    made = 0
    for n in range(state.tally[PROPOSED]):
        a, b = state.exchanges[0, n], state.exchanges[1, n]
        u, v = state.holder[a], state.holder[b]
        free = u != v
        if free and u >= 0 and b < slots:
            free = grid.allowed[grid.token_commune[u], b]
        if free and v >= 0 and a < slots:
            free = grid.allowed[grid.token_commune[v], a]
        if free:
            state.exchanges[0, made] = a
            state.exchanges[1, made] = b
            made += 1
            _touch_commune(grid, state, u)
            _touch_commune(grid, state, v)
            _touch_day(grid, state, a)
            _touch_day(grid, state, b)
            _swap(grid, state, a, b)
    state.tally[MADE] = made
    return made


@inlined
def _swap(grid: Grid, state: State, a: int, b: int) -> None:
    u, v = state.holder[a], state.holder[b]
    state.holder[a], state.holder[b] = v, u
    moved = 0
    if u >= 0:
        state.place[u] = b
        moved += 1
    if v >= 0:
        state.place[v] = a
        moved -= 1
    if grid.slot_mediator[a] >= 0:
        state.loads[grid.slot_mediator[a]] -= moved
    if grid.slot_mediator[b] >= 0:
        state.loads[grid.slot_mediator[b]] += moved


@inlined
def _touch_commune(grid: Grid, state: State, token: int) -> None:
    if token >= 0:
        c = grid.token_commune[token]
        if state.commune_stamp[c] != state.tally[TRIAL]:
            state.commune_stamp[c] = state.tally[TRIAL]
            state.touched_communes[state.tally[COMMUNES]] = c
            state.tally[COMMUNES] += 1


@inlined
def _touch_day(grid: Grid, state: State, slot: int) -> None:
    day = grid.slot_day[slot]
    if day >= 0 and state.day_stamp[day] != state.tally[TRIAL]:
        state.day_stamp[day] = state.tally[TRIAL]
        state.touched_days[state.tally[DAYS]] = day
        state.tally[DAYS] += 1


@inlined
def settle(grid: Grid, state: State, balance_before: float, threshold: float) -> bool:
    """Accept the exchanges made since the trial began when they cost at most `threshold` more; else undo them."""
    tally = state.tally
    delta = balance_cost(grid, state.loads) - balance_before
    for n in range(tally[DAYS]):
        day = state.touched_days[n]
        state.trial_costs[n] = day_cost(grid, state.holder, day)
        delta += state.trial_costs[n] - state.day_costs[day]
    for n in range(tally[COMMUNES]):
        c = state.touched_communes[n]
        cost = commune_cost(grid, state.place, state.counts, state.usual, c)
        state.trial_costs[tally[DAYS] + n] = cost
        delta += cost - state.commune_costs[c]
    accepted = delta <= threshold
    if accepted:
        for n in range(tally[DAYS]):
            state.day_costs[state.touched_days[n]] = state.trial_costs[n]
        for n in range(tally[COMMUNES]):
            state.commune_costs[state.touched_communes[n]] = state.trial_costs[tally[DAYS] + n]
        state.cost[0] += delta
    else:
        undo(grid, state)
    return accepted


@inlined
def undo(grid: Grid, state: State) -> None:
    """Take back the exchanges of the trial, last first."""
    for n in range(state.tally[MADE] - 1, -1, -1):
        _swap(grid, state, state.exchanges[0, n], state.exchanges[1, n])


@inlined
def begin(state: State) -> None:
    """Begin a trial: nothing touched, nothing exchanged."""
    state.tally[COMMUNES] = 0
    state.tally[DAYS] = 0
    state.tally[PROPOSED] = 0
    state.tally[MADE] = 0
    state.tally[TRIAL] += 1
