"""A new tour brings the same people back where that costs nothing."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from escale.core.planning.check import check, cost_of
from escale.core.planning.greedy import first_plan
from escale.core.planning.grid import build_grid, plan_of
from escale.core.planning.people import keep_people
from escale.core.planning.plan import Plan
from escale.core.planning.problem import Mediator, Problem
from tests.core.planning.builders import a_commune, a_plan, a_problem, a_visit, small_problems

TEAM = (Mediator(id="M1"), Mediator(id="M2"))


def test_two_mediators_exchange_their_days_to_come_back_where_they_were_promised() -> None:
    problem = a_problem(a_commune("59002"), a_commune("59003"), mediators=TEAM)
    promised = a_plan(
        a_visit("59002", "2026-01-13"),
        a_visit("59002", "2026-02-10"),
        a_visit("59003", "2026-01-15"),
        a_visit("59003", "2026-02-12"),
    )
    found = Plan(visits=tuple(replace(visit, mediator="M2") for visit in promised.visits))

    assert keep_people(problem, found, promised) == promised


def test_nobody_is_sent_where_it_costs_more() -> None:
    problem = a_problem(a_commune("59002"), mediators=TEAM)
    promised = a_plan(a_visit("59002", "2026-01-13"))
    found = a_plan(a_visit("59002", "2026-01-13", mediator="M2"), a_visit("59002", "2026-02-12", mediator="M2"))

    kept = keep_people(problem, found, promised)

    assert {visit.mediator for visit in kept.visits} == {"M1"}, "all the days of the year, so that nobody changes in between"
    assert cost_of(problem, kept) == cost_of(problem, found)


def test_whoever_is_away_is_not_brought_back() -> None:
    promised = a_plan(a_visit("59002", "2026-01-13"))
    away = replace(TEAM[0], away=frozenset({promised.visits[0].date}))
    found = a_plan(a_visit("59002", "2026-01-13", mediator="M2"))

    assert keep_people(a_problem(mediators=(away, TEAM[1])), found, promised) == found


@given(st.data(), small_problems())
def test_a_plan_stays_legal_keeps_its_dates_and_costs_no_more(data: st.DataObject, problem: Problem) -> None:
    grid = build_grid(problem)
    plan = plan_of(problem, grid, first_plan(grid))
    team = st.sampled_from([mediator.id for mediator in problem.mediators])
    promised = Plan(visits=tuple(replace(visit, mediator=data.draw(team)) for visit in plan.visits))

    kept = keep_people(problem, plan, promised)

    assert check(problem, kept) == ()
    assert cost_of(problem, kept) <= cost_of(problem, plan)
    assert sorted((v.commune, v.date, v.half) for v in kept.visits) == sorted((v.commune, v.date, v.half) for v in plan.visits)
    assert len(set(kept.visits) & set(promised.visits)) >= len(set(plan.visits) & set(promised.visits))
