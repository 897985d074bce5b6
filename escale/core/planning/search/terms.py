"""The rules in their fast reading: the cost of one commune and of one mediator-day, from arrays.

Each function has one way out and unsigned indices: numba then drops its reference counts and its test for negative indices,
and the innermost loop runs four times faster.
"""

from __future__ import annotations

import numpy as np

from escale.core.planning.compiled import inlined
from escale.core.planning.grid import PATTERNS, Grid, Ints

UNSERVED, IRREGULAR, SPACING, SWITCH, PREFERENCE, ANNEX, BALANCE = range(7)
MEDIATORS = PATTERNS
"""Where the counts of mediators begin in the scratch `counts`; those of weekdays come after them."""


@inlined
def commune_cost(grid: Grid, place: Ints, counts: Ints, usual: Ints, c: int) -> float:
    """Return what a commune costs but its kilometres, and write its usual pattern and mediator into `usual[c]`.

    `counts` is a scratch of zeros: patterns, then mediators, then weekdays. It is zeros again afterwards.
    """
    k = grid.per_month[c]
    first = grid.token_first[c]
    months = grid.follows.shape[0]
    visits, cost = _count_visits(grid, place, counts, usual, c, first, months, k)
    if visits > 0:
        pattern, mediator = usual[c, 0], usual[c, 1]
        most = counts[pattern]
        weekdays = MEDIATORS + grid.slot_at.shape[0]
        cost += grid.weights[SPACING] * grid.before_faults[c]
        cost += grid.weights[SWITCH] * (visits - counts[MEDIATORS + mediator])
        if grid.preferred[c] >= 0:
            most_weekday = 0
            for weekday in range(weekdays, weekdays + 7):
                most_weekday = max(most_weekday, counts[np.uint64(weekday)])
            if counts[weekdays + grid.preferred[c]] < most_weekday:
                cost += grid.weights[PREFERENCE]
        if grid.annex[c] >= 0 and counts[grid.annex[c]] < most:
            cost += grid.weights[ANNEX]
        if k > 1:
            most = _largest(grid, place, counts, first, months * k, k)
        cost += grid.weights[IRREGULAR] * (visits - most)
        for token in range(first, first + months * k):
            held = place[np.uint64(token)]
            if held < grid.allowed.shape[1]:
                s = np.uint64(held)
                counts[np.uint64(grid.slot_pattern[s])] = 0
                counts[np.uint64(MEDIATORS + grid.slot_mediator[s])] = 0
                counts[np.uint64(weekdays + grid.slot_weekday[s])] = 0
    return cost


@inlined
def _count_visits(
    grid: Grid, place: Ints, counts: Ints, usual: Ints, c: int, first: int, months: int, k: int
) -> tuple[int, float]:
    """Count patterns, mediators and weekdays; return the number of visits and what missing and badly spaced ones cost."""
    weekdays = MEDIATORS + grid.slot_at.shape[0]
    cost = 0.0
    visits = most_pattern = most_mediator = usual_pattern = usual_mediator = 0
    previous = grid.before_date[c]
    for t in range(months):
        date = 0
        missing = grid.due[c, t]
        for token in range(first + t * k, first + t * k + k):
            held = place[np.uint64(token)]
            if held >= grid.allowed.shape[1]:
                continue
            s = np.uint64(held)
            visits += 1
            missing -= 1
            pattern = grid.slot_pattern[s]
            n = counts[np.uint64(pattern)] + 1
            counts[np.uint64(pattern)] = n
            if n > most_pattern:
                most_pattern = n
                usual_pattern = pattern
            mediator = grid.slot_mediator[s]
            n = counts[np.uint64(MEDIATORS + mediator)] + 1
            counts[np.uint64(MEDIATORS + mediator)] = n
            if n > most_mediator:
                most_mediator = n
                usual_mediator = mediator
            counts[np.uint64(weekdays + grid.slot_weekday[s])] += 1
            date = grid.slot_date[s]
            # With several visits a month, each pair of one month that is too close (rules/costs.py, apart_days).
            for earlier in range(first + t * k, token):
                other = place[np.uint64(earlier)]
                if other < grid.allowed.shape[1] and abs(date - grid.slot_date[np.uint64(other)]) < 20 // k:
                    cost += grid.weights[SPACING]
        if missing > 0:
            cost += grid.weights[UNSERVED] * missing
        gap = date - previous
        if k == 1 and previous > 0 and date > 0 and (gap < 21 or gap > 35) and (t == 0 or grid.follows[t]):
            cost += grid.weights[SPACING]
        previous = date
    usual[c, 0] = usual_pattern
    usual[c, 1] = usual_mediator
    return visits, cost


@inlined
def _largest(grid: Grid, place: Ints, counts: Ints, first: int, tokens: int, usual: int) -> int:
    """Return the sum of the `usual` largest pattern counts; they are zeros afterwards."""
    total = 0
    for _ in range(usual):
        most = 0
        pattern = 0
        for token in range(first, first + tokens):
            s = place[token]
            if s < grid.allowed.shape[1] and counts[grid.slot_pattern[s]] > most:
                pattern = grid.slot_pattern[s]
                most = counts[pattern]
        total += most
        counts[pattern] = 0
    return total


@inlined
def day_cost(grid: Grid, holder: Ints, day: int) -> float:
    """Return the kilometres of a mediator-day, as cost: base, morning, afternoon, base."""
    morning = grid.day_slots[day, 0]
    afternoon = grid.day_slots[day, 1]
    a = holder[morning] if morning >= 0 else -1
    b = holder[afternoon] if afternoon >= 0 else -1
    cost = 0.0
    if a >= 0 and b >= 0:
        i, j = grid.token_commune[a], grid.token_commune[b]
        cost = grid.base[i] + grid.between[i, j] + grid.base[j]
    elif a >= 0 or b >= 0:
        cost = 2.0 * grid.base[grid.token_commune[max(a, b)]]
    return cost


@inlined
def balance_cost(grid: Grid, loads: Ints) -> float:
    """Return what the difference between the most and the least loaded mediator costs."""
    most = least = loads[0]
    for mediator in range(1, loads.shape[0]):
        most = max(most, loads[mediator])
        least = min(least, loads[mediator])
    return grid.weights[BALANCE] * (most - least)
