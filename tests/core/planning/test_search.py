"""The search reads the same rules as the judge, whatever moves it makes; the greedy plan leaves out as few as possible."""

import itertools

import numpy as np
import pytest
import rustworkx as rx
from hypothesis import given, settings
from hypothesis import strategies as st

from escale.core.planning.check import check, cost_of, price
from escale.core.planning.greedy import first_plan
from escale.core.planning.grid import build_grid, holder_of, plan_of
from escale.core.planning.problem import Mediator, Problem
from escale.core.planning.search.anneal import anneal
from escale.core.planning.search.moves import CUMULATED
from escale.core.planning.search.state import start, total_cost
from tests.core.planning.builders import a_commune, a_problem, day, small_problems, windows


@settings(max_examples=60, deadline=None)
@given(small_problems(), st.integers(0, 2**31))
def test_whatever_the_moves_the_fast_cost_is_the_judges(problem: Problem, seed: int) -> None:
    grid = build_grid(problem)
    state = start(grid, first_plan(grid), seed, 0)

    anneal(grid, state, CUMULATED, 300.0, 10.0, 500)
    drifted = float(state.cost[0])

    plan = plan_of(problem, grid, state.holder)
    assert check(problem, plan) == ()
    assert round(float(total_cost(grid, state)), 1) == pytest.approx(cost_of(problem, plan), abs=0.051)
    assert drifted == pytest.approx(float(state.cost[0]), abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(small_problems(), st.integers(0, 2**31))
def test_a_plan_turned_into_slots_and_back_is_the_same(problem: Problem, seed: int) -> None:
    grid = build_grid(problem)
    state = start(grid, first_plan(grid), seed, 0)
    anneal(grid, state, CUMULATED, 300.0, 10.0, 200)
    plan = plan_of(problem, grid, state.holder)

    assert plan_of(problem, grid, holder_of(problem, grid, plan)) == plan


@settings(max_examples=60, deadline=None)
@given(small_problems(communes=4))
def test_the_first_plan_leaves_out_as_few_visits_as_any_plan_must(problem: Problem) -> None:
    grid = build_grid(problem)

    plan = plan_of(problem, grid, first_plan(grid))

    assert check(problem, plan) == ()
    assert price(problem, plan).unserved == problem.visits_due - most_served(problem)


def most_served(problem: Problem) -> int:
    """Return how many due visits can be served at most: a maximum matching of visits and half-days."""
    grid = build_grid(problem)
    graph: rx.PyGraph[None, None] = rx.PyGraph()
    slots = graph.add_nodes_from([None] * grid.slots)
    for c, t in itertools.product(range(len(grid.due)), range(grid.due.shape[1])):
        for _ in range(grid.due[c, t]):
            visit = graph.add_node(None)
            for s in range(grid.month_slots[t], grid.month_slots[t + 1]):
                if grid.allowed[c, s]:
                    graph.add_edge(visit, slots[s], None)
    return len(rx.max_weight_matching(graph, max_cardinality=True))


def test_a_seed_gives_one_search() -> None:
    problem = a_problem(a_commune("59002"), a_commune("59038"))
    grid = build_grid(problem)

    def search(seed: int) -> list[int]:
        state = start(grid, first_plan(grid), seed, 0)
        anneal(grid, state, CUMULATED, 300.0, 10.0, 2_000)
        return [int(n) for n in state.holder]

    assert search(7) == search(7)
    assert search(7) != search(8)


def test_a_commune_closed_all_year_waits_unserved_and_the_others_do_not() -> None:
    closed = a_commune("59002", windows=windows("MON_AM"))
    problem = a_problem(closed, a_commune("59038"), mediators=(Mediator(id="M1", away=frozenset({day("2026-01-06")})),))
    grid = build_grid(problem)

    plan = plan_of(problem, grid, first_plan(grid))

    assert set(plan.by_commune) == {"59038"}
    assert np.all(grid.allowed[0] == False)  # noqa: E712
