"""The lower bound of a problem, improved step by step: column generation with smoothed prices (Wentges 1997)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from escale.core.planning.bound.master import Master, Prices
from escale.core.planning.bound.matching import spared_at_most
from escale.core.planning.bound.merged import Merged, merge
from escale.core.planning.bound.paths import FAR, charges_of, cheapest_paths
from escale.core.planning.grid import Floats, Grid, Ints
from escale.core.planning.problem import Problem
from escale.core.planning.search.anneal import anneal
from escale.core.planning.search.moves import CUMULATED
from escale.core.planning.search.state import State, start

MODEL = "years-and-couples"
"""Communes choose a year each, months choose couples of neighbours; what joins them is priced (docs/planning.md)."""
SMOOTHING = 0.1
YEARS_A_COMMUNE = 3
CLOSED = 0.05
"""The master program and the bound are this close, in kilometre equivalents: nothing more can be won."""
WARM_PROPOSALS = 100_000
WARM_STEPS = 40
WARM_STREAM = 99


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A cost below which no legal plan lies. `converged` says that the relaxation can give no more."""

    value: float
    converged: bool
    iterations: int


def prove(
    problem: Problem,
    grid: Grid,
    *,
    holder: Ints,
    seed: int,
    goes_on: Callable[[], bool],
    tell: Callable[[float], None],
) -> Bound:
    """Return the best bound found while `goes_on()`; `tell` hears each better value. Every value told is a bound on its own.

    `holder` is any plan (slot contents): the first prices come from it and from a short annealing of it.
    """
    merged = merge(problem, grid)
    charges = charges_of(grid)
    master = Master(grid, merged, goes_on)
    master.add_pairs(_neighbours(grid, merged))
    _warm(grid, merged, master, holder, seed, goes_on)
    best, centre, smoothing, iterations, converged = 0.0, None, SMOOTHING, 0, False
    while goes_on() and not converged:
        program, prices = master.prices()
        if not goes_on():
            break
        asked = prices if centre is None else prices.towards(centre, smoothing)
        costs, years, least = cheapest_paths(grid, merged, charges, asked.slot, asked.saving, YEARS_A_COMMUNE)
        spared = spared_at_most(grid, merged, asked.saving)
        value = float(least.sum() - asked.slot @ merged.room) - spared.value
        if centre is None or value > best:
            best, centre = max(best, value), asked
            tell(with_balance(problem, merged, max(0.0, best)))
        new = _add_years(master, merged, asked, costs, years) + master.add_pairs(spared.pairs)
        iterations += 1
        converged = program - best < CLOSED or (new == 0 and smoothing == 0.0)
        if new == 0:
            smoothing = 0.0
    return Bound(value=with_balance(problem, merged, max(0.0, best)), converged=converged, iterations=iterations)


def with_balance(problem: Problem, merged: Merged, value: float) -> float:
    """Return the bound with what no plan can spare on balance, where that can be told.

    When all mediators share one calendar, the relaxation knows neither switches nor balance. If every commune has the same
    number n of visits and the communes cannot be shared out evenly, loads differ by n at least, less two for each visit
    that changes hands.
    """
    weights = problem.weights
    months = len(problem.months)
    whole = all(c.visits_per_month == 1 and all(c.visits_due(m) for m in problem.months) for c in problem.communes)
    if len(merged.members) > 1 or not whole or len(problem.communes) % len(problem.mediators) == 0:
        return value
    spread = min(weights.balance * months, weights.switch * ((months + 1) // 2))
    return min(value + spread, max(value, weights.unserved))


def _neighbours(grid: Grid, merged: Merged) -> Ints:
    pairs = {
        (t, min(i, j), max(i, j))
        for i, partners in enumerate(grid.partners.tolist())
        for j in partners
        for t in range(grid.due.shape[1])
        if i != j and merged.shared[t, i, j]
    }
    return np.array(sorted(pairs), np.int32).reshape(-1, 3)


def _warm(grid: Grid, merged: Merged, master: Master, holder: Ints, seed: int, goes_on: Callable[[], bool]) -> None:
    """Give the master program the years of a short annealing, from its second half on."""
    state = start(grid, holder, seed, WARM_STREAM)
    for step in range(WARM_STEPS):
        if not goes_on():
            return
        hot = 100 * (3 / 100) ** (step / WARM_STEPS)
        anneal(grid, state, CUMULATED, hot, hot, WARM_PROPOSALS)
        if step >= WARM_STEPS // 2:
            _add_years_of(grid, merged, master, state)
    _add_years_of(grid, merged, master, state)


def _add_years_of(grid: Grid, merged: Merged, master: Master, state: State) -> None:
    months = grid.due.shape[1]
    for c in range(len(grid.due)):
        place = state.place[grid.token_first[c] : grid.token_first[c + 1]]
        year = np.where(place < grid.slots, merged.slot_of[np.minimum(place, grid.slots - 1)], -1).astype(np.int32)
        if len(year) >= months:
            cost = state.commune_costs[c] + 2 * grid.base[c] * (year >= 0).sum()
            master.add_years(np.array([c], np.int32), year[None, :], np.array([cost]))


def _add_years(master: Master, merged: Merged, prices: Prices, costs: Floats, years: Ints) -> int:
    """Add the years found, at their cost without prices, and return how many were new."""
    communes, ranks = np.nonzero(costs < FAR / 10)
    found = years[communes, ranks]
    served = found >= 0
    paid = np.where(served, prices.slot[found], 0.0).sum(axis=1)
    received = np.where(served & merged.coupled[found], prices.saving[communes[:, None], merged.slot_month[found]], 0.0).sum(
        axis=1
    )
    return master.add_years(communes.astype(np.int32), found, costs[communes, ranks] - paid + received)
