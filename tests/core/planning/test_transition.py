"""Between two tours: communes wait for their avenant on the day they agreed to, and the past stays as it was promised."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escale.core.calendar.halfdays import Window
from escale.core.calendar.months import Month
from escale.core.planning.agreed import changed_days
from escale.core.planning.check import check
from escale.core.planning.greedy import first_plan
from escale.core.planning.grid import build_grid, plan_of
from escale.core.planning.plan import MakeUp, Plan, Visit
from escale.core.planning.problem import Annex, Commune, Mediator, Problem
from escale.core.planning.transition import AvenantRule, agreed_day, hold_agreed_days
from tests.core.planning.builders import a_commune, a_plan, a_problem, a_visit, day, small_problems, windows

JANUARY, FEBRUARY = Month(2026, 1), Month(2026, 2)
TUESDAY = Annex(nth=2, window=Window.parse("TUE_AM"))
THURSDAY = Annex(nth=3, window=Window.parse("THU_PM"))


def agreed(**days: Annex) -> dict[Month, dict[str, Annex]]:
    """Return the same agreed days in both months; « c59002 » is the commune 59002."""
    return {month: {code[1:]: annex for code, annex in days.items()} for month in (JANUARY, FEBRUARY)}


def test_a_commune_whose_usual_day_changes_stays_on_its_agreed_day() -> None:
    problem = a_problem()
    plan = a_plan(a_visit("59002", "2026-01-15"), a_visit("59002", "2026-02-19"))

    transition = hold_agreed_days(problem, plan, agreed(c59002=TUESDAY))

    assert [visit.date for visit in transition.plan.visits] == [day("2026-01-13"), day("2026-02-10")]
    assert [held.on_agreed_day for held in transition.held] == [True, True]


def test_it_stays_only_in_the_months_before_its_avenant_is_in_force() -> None:
    plan = a_plan(a_visit("59002", "2026-01-15", "PM"), a_visit("59002", "2026-02-19", "PM"))
    in_force = {JANUARY: {"59002": TUESDAY}, FEBRUARY: {"59002": THURSDAY}}

    transition = hold_agreed_days(a_problem(), plan, in_force)

    assert [visit.date for visit in transition.plan.visits] == [day("2026-01-13"), day("2026-02-19")]


def test_one_date_off_the_usual_day_needs_no_avenant_unless_the_epci_says_so() -> None:
    months = (JANUARY, FEBRUARY, Month(2026, 3))
    problem = a_problem(months=months)
    plan = a_plan(a_visit("59002", "2026-01-13"), a_visit("59002", "2026-02-12"), a_visit("59002", "2026-03-10"))
    in_force = {month: {"59002": TUESDAY} for month in months}

    assert hold_agreed_days(problem, plan, in_force).plan == plan
    strict = hold_agreed_days(problem, plan, in_force, rule=AvenantRule.ANY_CHANGE)
    assert [held.visit.date for held in strict.held] == [day("2026-02-10")]


def test_communes_that_exchange_their_days_both_stay() -> None:
    problem = a_problem(a_commune("59002"), a_commune("59003"))
    plan = a_plan(
        a_visit("59002", "2026-01-15", "PM"),
        a_visit("59003", "2026-01-13"),
        a_visit("59002", "2026-02-19", "PM"),
        a_visit("59003", "2026-02-10"),
    )

    transition = hold_agreed_days(problem, plan, agreed(c59002=TUESDAY, c59003=THURSDAY))

    assert {(visit.commune, visit.date) for visit in transition.plan.visits} == {
        ("59002", day("2026-01-13")),
        ("59003", day("2026-01-15")),
        ("59002", day("2026-02-10")),
        ("59003", day("2026-02-19")),
    }
    assert check(problem, transition.plan) == ()


def test_a_commune_that_did_not_agree_to_the_half_day_makes_room_for_the_one_that_did() -> None:
    problem = a_problem(a_commune("59002"), a_commune("59003"), months=(JANUARY,))
    plan = a_plan(a_visit("59002", "2026-01-20"), a_visit("59003", "2026-01-13"))

    transition = hold_agreed_days(problem, plan, agreed(c59002=TUESDAY))

    assert set(transition.plan.visits) == {a_visit("59002", "2026-01-13"), a_visit("59003", "2026-01-20")}
    assert transition.gave_way == ((a_visit("59003", "2026-01-13"), a_visit("59003", "2026-01-20")),)


def test_where_another_commune_agreed_to_the_same_half_day_the_nearest_free_one_is_taken() -> None:
    problem = a_problem(a_commune("59002"), a_commune("59003"), months=(JANUARY,))
    plan = a_plan(a_visit("59002", "2026-01-20"), a_visit("59003", "2026-01-13"))

    transition = hold_agreed_days(problem, plan, agreed(c59002=TUESDAY, c59003=TUESDAY))

    (held,) = transition.held
    assert (held.visit.date, held.visit.half, held.on_agreed_day) == (day("2026-01-13"), "PM", False)
    assert plan.visits[0] in transition.plan.visits


def test_another_mediator_takes_the_agreed_half_day_when_the_first_is_taken_or_away() -> None:
    team = (Mediator(id="M1", away=frozenset({day("2026-01-13")})), Mediator(id="M2"))
    plan = a_plan(a_visit("59002", "2026-01-20"))

    transition = hold_agreed_days(a_problem(mediators=team, months=(JANUARY,)), plan, agreed(c59002=TUESDAY))

    assert transition.plan.visits == (a_visit("59002", "2026-01-13", mediator="M2"),)


def test_nobody_loses_a_visit_when_the_month_is_full() -> None:
    problem = a_problem(a_commune("59002"), a_commune("59003"), a_commune("59004"), months=(JANUARY,), windows=windows("TUE_AM"))
    problem = replace(problem, holidays=frozenset({day("2026-01-27")}))
    plan = a_plan(a_visit("59002", "2026-01-20"), a_visit("59003", "2026-01-13"), a_visit("59004", "2026-01-06"))

    transition = hold_agreed_days(
        problem, plan, agreed(c59002=TUESDAY, c59004=replace(TUESDAY, nth=3)), rule=AvenantRule.ANY_CHANGE
    )

    assert [visit.commune for visit in transition.plan.visits] == ["59003", "59002", "59004"]
    assert check(problem, transition.plan) == ()


@pytest.mark.parametrize(("month", "date"), [(Month(2026, 2), "2026-02-24"), (Month(2026, 3), "2026-03-31")])
def test_a_fifth_weekday_that_a_month_lacks_is_its_fourth(month: Month, date: str) -> None:
    assert agreed_day(month, replace(TUESDAY, nth=5))[0] == day(date)


def test_what_a_repair_does_not_touch_stays_where_it_was_promised() -> None:
    problem = a_problem(a_commune("59002"), a_commune("59003"), months=(JANUARY,))
    untouched, moved = a_visit("59002", "2026-01-20"), a_visit("59003", "2026-01-21", "PM")
    in_force = agreed(c59002=TUESDAY, c59003=TUESDAY)

    transition = hold_agreed_days(problem, a_plan(untouched, moved), in_force, promised={untouched})

    assert untouched in transition.plan.visits
    assert moved not in transition.plan.visits


def test_what_is_past_stays_as_it_was_promised() -> None:
    problem = a_problem(months=(JANUARY,))
    lived = a_plan(a_visit("59002", "2026-01-06"))

    transition = hold_agreed_days(
        problem, a_plan(a_visit("59002", "2026-01-20")), {}, today=day("2026-01-12"), settled=lived, begun=[JANUARY]
    )

    assert transition.plan == lived


def test_what_comes_too_late_takes_a_later_day_or_is_lost() -> None:
    problem = a_problem(a_commune("59002"), a_commune("59003", closed=frozenset(JANUARY.days())), months=(JANUARY,))
    plan = a_plan(a_visit("59002", "2026-01-06"), a_visit("59003", "2026-01-07", "PM"))

    transition = hold_agreed_days(problem, plan, {}, today=day("2026-01-12"), begun=[JANUARY])

    assert transition.plan.visits == (a_visit("59002", "2026-01-13"),)
    assert [visit.commune for visit in transition.lost] == ["59003"]


def test_a_month_that_is_published_for_the_first_time_keeps_its_past() -> None:
    plan = a_plan(a_visit("59002", "2026-01-15"), a_visit("59002", "2026-02-19"))

    transition = hold_agreed_days(a_problem(), plan, agreed(c59002=TUESDAY), today=day("2026-01-20"))

    assert [visit.date for visit in transition.plan.visits] == [day("2026-01-15"), day("2026-02-10")]


def test_a_make_up_is_no_usual_day_and_does_not_move() -> None:
    make_up = MakeUp(
        date=day("2026-02-03"), half=a_visit("59002", "2026-02-03").half, commune="59002", mediator="M1", for_month=JANUARY
    )
    plan = Plan(visits=(a_visit("59002", "2026-02-10"),), make_ups=(make_up,))

    assert hold_agreed_days(a_problem(), plan, agreed(c59002=TUESDAY)).plan == plan


Drawn = tuple[Problem, Plan, dict[Month, dict[str, Annex]], AvenantRule]


@st.composite
def transitions(draw: st.DrawFn, *, open_to_all: bool = False) -> Drawn:
    """Draw a problem, its first plan, and days that its communes may have agreed to."""
    problem = draw(small_problems(communes=5, mediators=2, several=False))
    codes = [commune.code for commune in problem.communes]
    if open_to_all:
        problem = problem.with_changes(communes=tuple(a_commune(code, windows=problem.windows) for code in codes))
    grid = build_grid(problem)
    patterns = st.builds(Annex, nth=st.integers(1, 5), window=st.sampled_from(sorted(problem.windows)))
    in_force = {month: draw(st.dictionaries(st.sampled_from(codes), patterns)) for month in problem.months}
    return problem, plan_of(problem, grid, first_plan(grid)), in_force, draw(st.sampled_from(AvenantRule))


@given(transitions())
def test_a_legal_plan_gives_a_legal_one_that_serves_the_same_and_moves_only_those_that_wait(
    drawn: Drawn,
) -> None:
    problem, plan, in_force, rule = drawn

    transition = hold_agreed_days(problem, plan, in_force, rule=rule)

    assert check(problem, transition.plan) == ()
    assert served(transition.plan) == served(plan)
    assert transition.lost == ()
    moved = {held.drafted for held in transition.held} | {before for before, _ in transition.gave_way}
    assert set(plan.visits) - moved <= set(transition.plan.visits)
    assert not any(has_agreed(before, in_force) for before, _ in transition.gave_way)
    assert all(in_force[held.drafted.month][held.drafted.commune] == held.agreed for held in transition.held)


@given(transitions(open_to_all=True))
def test_where_everyone_may_come_any_time_whoever_waits_has_the_agreed_half_day(
    drawn: Drawn,
) -> None:
    problem, plan, in_force, _ = drawn

    transition = hold_agreed_days(problem, plan, in_force)

    for commune in problem.communes:
        for month in problem.months:
            annex = in_force[month].get(commune.code)
            if annex is None or (commune.code, month) not in served(plan):
                continue
            changed = changed_days(problem.with_changes(communes=alone(problem, commune.code, annex)), plan)
            visit = next(v for v in transition.plan.visits if (v.commune, v.month) == (commune.code, month))
            date, half = agreed_day(month, annex)
            if not changed or (visit.date, visit.half) == (date, half):
                continue
            there = [v for v in transition.plan.visits if (v.date, v.half) == (date, half)]
            present = [mediator for mediator in problem.mediators if date not in mediator.away]
            is_full = len(there) == len(present) and all(has_agreed(other, in_force) for other in there)
            assert date in problem.holidays or not commune.opens(date, half) or is_full


def served(plan: Plan) -> set[tuple[str, Month]]:
    return {(visit.commune, visit.month) for visit in plan.visits}


def has_agreed(visit: Visit, in_force: dict[Month, dict[str, Annex]]) -> bool:
    annex = in_force[visit.month].get(visit.commune)
    return annex is not None and (visit.date, visit.half) == agreed_day(visit.month, annex)


def alone(problem: Problem, code: str, annex: Annex) -> tuple[Commune, ...]:
    return tuple(replace(commune, annex=annex if commune.code == code else None) for commune in problem.communes)


@given(transitions(), st.integers(0, 80))
def test_nothing_moves_before_today(drawn: Drawn, days: int) -> None:
    problem, plan, in_force, rule = drawn
    today = problem.months[0].first + dt.timedelta(days=days)
    before = hold_agreed_days(problem, plan, in_force, rule=rule).plan

    transition = hold_agreed_days(
        problem, plan, in_force, rule=rule, today=today, settled=before, begun=[m for m in problem.months if m.first <= today]
    )

    assert past(transition.plan, today) == past(before, today)
    assert check(problem, transition.plan) == ()
    assert served(transition.plan) | {(visit.commune, visit.month) for visit in transition.lost} == served(plan)


def past(plan: Plan, today: dt.date) -> set[Visit]:
    return {visit for visit in plan.visits if visit.date < today}
