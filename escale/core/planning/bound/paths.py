"""The cheapest year of one commune under given prices: a shortest path over its months (Bellman 1957), for every usual day.

A path declares a usual day and a class of mediators; a visit off either pays for it. The true usual day is one of those declared,
so that the least over all declarations never exceeds what the judge charges.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from escale.core.planning.bound.merged import Merged
from escale.core.planning.compiled import compiled
from escale.core.planning.grid import PATTERNS, Floats, Grid, Ints
from escale.core.planning.search.terms import (
    ANNEX,
    IRREGULAR,
    PREFERENCE,
    SPACING,
    SWITCH,
    UNSERVED,
)

FAR = 1e18


class Charges(NamedTuple):
    """What a declared path pays, for each commune: never more than the judge charges for the same visits."""

    irregular: Floats  # (C, 2) a visit off the usual day, when the usual day is on the preferred weekday or not
    switch: Floats  # (C)
    spacing: Floats  # (C)
    off_preferred: Floats  # (C) once
    off_annex: Floats  # (C) once
    unserved: Floats  # (C)


def charges_of(grid: Grid) -> Charges:
    """Return the charges of each commune.

    The judge charges a missed weekday by counts over the year, a path by its declared day. When the declared day is off the
    wish and the judge forgives it (a tie), at least half of the visits are irregular; so the wish is charged once and taken
    back from half a year of irregular visits. A path with an unserved month may have fewer: it gives the wish back too.
    Regularity, switch and spacing of communes with several visits a month are left out, which only lowers the bound.
    """
    weights = grid.weights
    single = (grid.per_month == 1).astype(np.float64)
    due = np.maximum(1, grid.due.sum(axis=1))
    half = np.ceil(due / 2)
    wish = np.minimum(weights[PREFERENCE], weights[IRREGULAR] * half) * (grid.preferred >= 0) * single
    wish = np.where(grid.due.sum(axis=1) > 0, np.minimum(wish, weights[UNSERVED]), 0.0)
    irregular = np.full(len(due), weights[IRREGULAR]) * single
    return Charges(
        irregular=np.stack([irregular, irregular - wish / half], axis=1),
        switch=np.full(len(due), weights[SWITCH]) * single,
        spacing=np.full(len(due), weights[SPACING]) * single,
        off_preferred=wish,
        off_annex=np.full(len(due), weights[ANNEX]) * (grid.annex >= 0) * single,
        unserved=weights[UNSERVED] - wish,
    )


@compiled
def cheapest_paths(
    grid: Grid, merged: Merged, charges: Charges, slot_price: Floats, saving_price: Floats, most: int
) -> tuple[Floats, Ints, Floats]:
    """Return, for each commune with one visit a month, its cheapest priced year and up to `most` years of different usual days.

    `slot_price[s]` is paid for a slot, `saving_price[c, t]` is received for a slot where a saving is possible.
    Returns costs (C, most), paths (C, most, T) as merged slots or -1, and the least cost of each commune (C).
    """
    communes, months = grid.due.shape
    found = np.full((communes, most), FAR)
    paths = np.full((communes, most, months), -1, np.int32)
    least = np.zeros(communes)
    node = np.zeros((months, merged.dates.shape[1]))
    node_slot = np.zeros((months, merged.dates.shape[1]), np.int32)
    plain = np.zeros(merged.slot_month.shape[0])
    path = np.zeros(months, np.int32)
    for c in range(communes):
        if grid.per_month[c] > 1:
            least[c] = _cheapest_apart(grid, merged, charges, slot_price, saving_price, c)
            continue
        # A year without any visit has no usual day: nothing but its unserved months is charged.
        least[c] = charges.unserved[c] * grid.due[c].sum()
        found[c, 0] = least[c]
        for s in range(plain.shape[0]):
            plain[s] = 2.0 * grid.base[c] + slot_price[s]
            if merged.coupled[s]:
                plain[s] -= saving_price[c, merged.slot_month[s]]
        for mediators in range(merged.members.shape[0]):
            for pattern in range(PATTERNS):
                cost = _declared(grid, merged, charges, plain, c, mediators, pattern, node, node_slot, path)
                least[c] = min(least[c], cost)
                worst = np.argmax(found[c])
                if cost < found[c, worst]:
                    found[c, worst] = cost
                    paths[c, worst] = path
    return found, paths, least


@compiled
def _declared(
    grid: Grid,
    merged: Merged,
    charges: Charges,
    plain: Floats,
    c: int,
    mediators: int,
    pattern: int,
    node: Floats,
    node_slot: Ints,
    path: Ints,
) -> float:
    """Write the cheapest path of one declaration into `path` and return its cost; FAR when the pattern is never possible."""
    off_wish = grid.preferred[c] >= 0 and (pattern % 14) // 2 != grid.preferred[c]
    irregular = charges.irregular[c, 1 if off_wish else 0]
    node[:] = FAR
    possible = False
    for s in range(plain.shape[0]):
        if not merged.allowed[c, s]:
            continue
        cost = plain[s]
        if merged.slot_pattern[s] != pattern:
            cost += irregular
        else:
            possible = True
        if merged.slot_class[s] != mediators:
            cost += charges.switch[c]
        t, n = merged.slot_month[s], merged.slot_rank[s]
        if cost < node[t, n]:
            node[t, n] = cost
            node_slot[t, n] = s
    if not possible and mediators + pattern > 0:
        return FAR
    cost = _shortest(grid, merged, charges, c, node, node_slot, path)
    if off_wish:
        cost += charges.off_preferred[c]
    if grid.annex[c] >= 0 and pattern != grid.annex[c]:
        cost += charges.off_annex[c]
    return cost


@compiled
def _shortest(grid: Grid, merged: Merged, charges: Charges, c: int, node: Floats, node_slot: Ints, path: Ints) -> float:
    months, width = node.shape
    reach = np.full((months, width + 1), FAR)  # the last column stands for an unserved month
    back = np.zeros((months, width + 1), np.int32)
    for t in range(months):
        best = 0
        if t > 0:
            best = np.argmin(reach[t - 1])
        before = reach[t - 1, best] if t > 0 else 0.0
        reach[t, width] = before + charges.unserved[c] * grid.due[c, t]
        back[t, width] = best
        for n in range(width):
            if node[t, n] >= FAR:
                continue
            come = before + charges.spacing[c]
            back[t, n] = best
            if t == 0:
                gap = merged.dates[t, n] - grid.before_date[c]
                come = charges.spacing[c] if grid.before_date[c] > 0 and (gap < 21 or gap > 35) else 0.0
            elif not grid.follows[t]:
                come = before
            else:
                for k in range(width + 1):
                    gap = 28 if k == width else merged.dates[t, n] - merged.dates[t - 1, k]
                    if 21 <= gap <= 35 and reach[t - 1, k] < come:
                        come = reach[t - 1, k]
                        back[t, n] = k
            reach[t, n] = come + node[t, n]
    last = np.argmin(reach[months - 1])
    cost = reach[months - 1, last]
    for t in range(months - 1, -1, -1):
        path[t] = -1 if last == width else node_slot[t, last]
        last = back[t, last]
    return cost


@compiled
def _cheapest_apart(grid: Grid, merged: Merged, charges: Charges, slot_price: Floats, saving_price: Floats, c: int) -> float:
    """Return the least cost of a commune with several visits a month: each takes the cheapest slot of its month, or none."""
    total = 0.0
    for t in range(grid.due.shape[1]):
        cheapest = FAR
        for s in range(merged.month_slots[t], merged.month_slots[t + 1]):
            if merged.allowed[c, s]:
                price = 2.0 * grid.base[c] + slot_price[s] - (saving_price[c, t] if merged.coupled[s] else 0.0)
                cheapest = min(cheapest, price)
        for k in range(grid.per_month[c]):
            total += min(cheapest, charges.unserved[c] if k < grid.due[c, t] else 0.0)
    return total
