"""Solving: legal, never below its bound, optimal where that can be tried out, the same for a seed, stopped when asked."""

import itertools

import pytest
from hypothesis import HealthCheck, given, settings

from escale.core.calendar.months import Month
from escale.core.planning.check import check, cost_of
from escale.core.planning.problem import Mediator, Problem, Weights
from escale.core.planning.progress import Phase, Progress
from escale.core.planning.solve import Status, solve
from escale.core.planning.stops import FirstOf, GapReached, TimeLimit, WorkLimit
from tests.core.planning.builders import a_commune, a_plan, a_problem, a_visit, day, least_cost, small_problems, windows

ENOUGH = WorkLimit(200_000)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(small_problems())
def test_whatever_solve_returns_check_accepts_and_the_bound_holds(problem: Problem) -> None:
    solution = solve(problem, stop=WorkLimit(50_000))

    assert check(problem, solution.plan) == ()
    assert solution.cost == cost_of(problem, solution.plan)
    assert solution.lower_bound <= solution.cost
    assert solution.lower_bound_any <= solution.lower_bound


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(small_problems(communes=2, several=False).filter(lambda problem: len(problem.months) <= 2))
def test_on_small_problems_the_plan_is_the_best_of_all_and_the_bound_lies_below(problem: Problem) -> None:
    best = least_cost(problem)

    solution = solve(problem, stop=ENOUGH)

    assert solution.cost == pytest.approx(best, abs=0.051)
    assert solution.lower_bound <= best + 0.051


def test_a_seed_and_a_work_limit_give_one_plan() -> None:
    problem = a_problem(*(a_commune(f"590{n:02d}") for n in range(12)))

    plans = [solve(problem, stop=WorkLimit(100_000), seed=5).plan for _ in range(2)]

    assert plans[0] == plans[1]


def test_the_first_plan_is_told_at_once_and_costs_never_rise() -> None:
    heard: list[Progress] = []

    solution = solve(a_problem(a_commune("59002"), a_commune("59038")), stop=ENOUGH, listen=heard.append)

    costs = [progress.cost for progress in heard]
    assert heard[0].phase is Phase.FIRST_PLAN
    assert all(earlier >= later for earlier, later in itertools.pairwise(costs))
    assert costs[-1] >= solution.cost - 0.051


def test_a_time_limit_that_is_over_gives_the_first_plan() -> None:
    problem = a_problem()

    solution = solve(problem, stop=TimeLimit(1.0, clock=lambda: 10.0, start=0.0))

    assert check(problem, solution.plan) == ()
    assert solution.proposals == 0


def test_an_interruption_gives_the_best_plan_so_far_and_says_stopped() -> None:
    problem = a_problem(*(a_commune(f"590{n:02d}") for n in range(12)))

    solution = solve(problem, stop=WorkLimit(10**12), interrupted=lambda: True)

    assert solution.status is Status.STOPPED
    assert check(problem, solution.plan) == ()


def test_a_gap_that_is_reached_ends_the_search() -> None:
    solution = solve(a_problem(), stop=FirstOf((GapReached(0.5), WorkLimit(10**12))))

    assert solution.gap <= 0.5


def test_a_plan_that_meets_its_bound_is_called_optimal() -> None:
    solution = solve(a_problem(), stop=ENOUGH)

    assert solution.status is Status.OPTIMAL
    assert solution.gap == 0.0


def test_the_search_begins_with_the_plan_that_it_is_given() -> None:
    problem = a_problem()
    given_plan = a_plan(a_visit("59002", "2026-01-13"), a_visit("59002", "2026-02-10"))

    solution = solve(problem, stop=TimeLimit(1.0, clock=lambda: 10.0, start=0.0), start=given_plan)

    assert solution.cost <= cost_of(problem, given_plan)


def test_an_impossible_month_gives_the_fewest_unserved_visits() -> None:
    february = tuple(date for date in Month(2026, 2).days() if date != day("2026-02-03"))
    problem = a_problem(
        *(a_commune(code) for code in ("59002", "59038", "59064")),
        windows=windows("TUE_AM", "TUE_PM"),
        mediators=(Mediator(id="M1", away=frozenset(february)),),
    )

    solution = solve(problem, stop=ENOUGH)

    assert solution.parts.unserved == 1


def test_when_communes_cannot_be_shared_out_evenly_the_bound_knows_it() -> None:
    team = (Mediator(id="M1"), Mediator(id="M2"))
    problem = a_problem(a_commune(), mediators=team, weights=Weights(annex=0, balance=2))

    solution = solve(problem, stop=ENOUGH)

    assert solution.parts.balance * 2 + solution.parts.switch * 100 >= 4
    assert solution.lower_bound == solution.cost
