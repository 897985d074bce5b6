"""The bound: a year is never charged more than the judge charges, and mediators with one calendar are one class."""

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from escale.core.planning.bound.matching import spared_at_most
from escale.core.planning.bound.merged import merge
from escale.core.planning.bound.paths import charges_of, cheapest_paths
from escale.core.planning.check import price
from escale.core.planning.greedy import first_plan
from escale.core.planning.grid import build_grid, plan_of
from escale.core.planning.plan import Plan
from escale.core.planning.problem import Mediator, Problem
from escale.core.planning.search.anneal import anneal
from escale.core.planning.search.moves import CUMULATED
from escale.core.planning.search.state import start
from tests.core.planning.builders import a_commune, a_problem, day, small_problems


@settings(max_examples=60, deadline=None)
@given(small_problems(), st.integers(0, 2**31))
def test_no_year_of_any_plan_costs_less_than_the_cheapest_path(problem: Problem, seed: int) -> None:
    grid = build_grid(problem)
    merged = merge(problem, grid)
    assume(len(merged.slot_month) > 0)
    prices = np.random.default_rng(seed).uniform(0, 50, len(merged.slot_month))
    received = np.random.default_rng(seed + 1).uniform(0, 20, grid.due.shape)
    _, _, least = cheapest_paths(grid, merged, charges_of(grid), prices, received, 2)
    state = start(grid, first_plan(grid), seed, 0)
    anneal(grid, state, CUMULATED, 500.0, 50.0, 300)
    plan = plan_of(problem, grid, state.holder)

    for c, commune in enumerate(problem.communes):
        own = Plan(visits=plan.by_commune.get(commune.code, ()))
        parts = price(problem, own)
        others_due = sum(other.visits_due(month) for other in problem.communes if other != commune for month in problem.months)
        slots = [s for s in state.place[grid.token_first[c] : grid.token_first[c + 1]] if s < grid.slots]
        taken = merged.slot_of[slots]
        paid = prices[taken].sum() + 2 * grid.base[c] * len(slots)
        paid -= received[c, merged.slot_month[taken]][merged.coupled[taken]].sum()
        weights = problem.weights
        judged = (
            weights.unserved * (parts.unserved - others_due)
            + weights.irregular * parts.irregular
            + weights.spacing * parts.spacing
            + weights.switch * parts.switch
            + weights.preference * parts.preference
            + weights.annex * parts.annex
        )
        assert least[c] <= judged + paid + 1e-6


def test_mediators_with_one_calendar_are_one_class() -> None:
    away = frozenset({day("2026-01-06")})
    problem = a_problem(mediators=(Mediator(id="M1"), Mediator(id="M2", away=away), Mediator(id="M3")))

    merged = merge(problem, build_grid(problem))

    assert sorted(merged.members.tolist()) == [1, 2]


def test_a_month_spares_no_more_than_its_best_couples() -> None:
    problem = a_problem(*(a_commune(code) for code in ("59002", "59038", "59064")))
    grid = build_grid(problem)

    spared = spared_at_most(grid, merge(problem, grid), np.zeros(grid.due.shape))

    # Three communes 10 km from the base and from each other: one couple a month spares 10 km, two months are planned.
    assert abs(spared.value - 20.0) < 1e-3
