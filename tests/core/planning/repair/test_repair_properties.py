"""Whatever repair returns is legal, as full as can be, close to what was published, and alone in the months it touches."""

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from escale.core.calendar.halfdays import Half
from escale.core.calendar.months import Month
from escale.core.planning.check import check, price
from escale.core.planning.faults import ProblemError
from escale.core.planning.greedy import first_plan
from escale.core.planning.grid import build_grid, plan_of
from escale.core.planning.plan import Plan, Visit
from escale.core.planning.problem import Commune, Problem
from escale.core.planning.repair import Absence, ByHand, Closure, Disruption, Joining, Repair
from escale.core.planning.repair.repair import repair
from escale.core.planning.rules.costs import unserved
from escale.core.planning.rules.legality import broken_rules
from escale.core.planning.shortage import half_days, most_served, options_of
from tests.core.planning.builders import small_problems

UNHURRIED = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


def published(problem: Problem) -> Plan:
    """Return a first legal plan."""
    grid = build_grid(problem)
    return plan_of(problem, grid, first_plan(grid))


def mend(problem: Problem, plan: Plan, disruption: Disruption, seconds: float = 60.0) -> Repair:
    """Repair with a clock that stands still."""
    return repair(problem, plan, disruption, clock=lambda: 0.0, seconds=seconds)


@st.composite
def absences_and_closures(draw: st.DrawFn, problem: Problem, *, vacant: bool | None = None) -> Disruption:
    """Draw who is away, which room is closed and who joins."""
    days = [day for month in problem.months for day in month.days()]
    starts = draw(st.sampled_from(days))
    ends = starts + dt.timedelta(days=draw(st.integers(0, 20)))
    mediator = draw(st.sampled_from(problem.mediators)).id
    is_vacant = draw(st.booleans()) if vacant is None else vacant
    absence = Absence(mediator=mediator, starts=starts, ends=ends, vacant=is_vacant)
    codes = st.sampled_from(problem.communes).map(lambda commune: commune.code)
    closure = Closure(commune=draw(codes), starts=starts, ends=ends, other_room=draw(st.booleans()))
    joining = [c for c in problem.communes if c.starts == dt.date.min and c.until == dt.date.max][:1]
    return Disruption(
        absences=(absence,) if draw(st.booleans()) else (),
        closures=(closure,) if draw(st.booleans()) else (),
        joinings=tuple(Joining(commune=c.code, date=starts) for c in joining) if draw(st.booleans()) else (),
    )


@UNHURRIED
@given(st.data(), small_problems(communes=4))
def test_whatever_repair_returns_check_accepts_and_other_months_stay(data: st.DataObject, problem: Problem) -> None:
    plan = published(problem)
    for _ in range(2):  # the second time, make-ups are published too
        disruption = data.draw(absences_and_closures(problem))
        mended = mend(problem, plan, disruption)

        assert check(mended.problem, mended.plan) == ()
        changed = {visit.month for visit in set(plan.visits) ^ set(mended.plan.visits)}
        assert changed <= set(mended.months) | {visit.month for visit in mended.lost}
        assert set(mended.make_ups) <= set(mended.plan.make_ups)
        assert all(make_up.month > make_up.for_month for make_up in mended.plan.make_ups)
        assert Counter(plan.visits) + Counter(m.now for m in mended.moves) + Counter(mended.added) == (
            Counter(mended.plan.visits) + Counter(m.was for m in mended.moves) + Counter(_dropped(plan, mended))
        )
        problem, plan = mended.problem, mended.plan


def _dropped(plan: Plan, mended: Repair) -> Counter[Visit]:
    return Counter(plan.visits) - Counter(mended.plan.visits) - Counter(move.was for move in mended.moves)


@UNHURRIED
@given(st.data(), small_problems(communes=4))
def test_each_touched_month_serves_as_many_as_any_plan_can(data: st.DataObject, problem: Problem) -> None:
    mended = mend(problem, published(problem), data.draw(absences_and_closures(problem)))

    told = Counter(visit.month for visit in mended.unserved)
    for month in mended.months:
        assert told[month] == _fewest_unserved(mended.problem, month) == _unserved_in(mended, month)


def _fewest_unserved(problem: Problem, month: Month) -> int:
    offered = half_days(month, problem.windows, problem.holidays, problem.mediators)
    options = [options_of(c, offered) for c in problem.communes for _ in range(c.visits_due(month))]
    return most_served(options, [len(team) for team in offered.values()]).count(-1)


def _unserved_in(mended: Repair, month: Month) -> int:
    planned = Counter(visit.commune for visit in mended.plan.visits if visit.month == month)
    return sum(max(0, c.visits_due(month) - planned[c.code]) for c in mended.problem.communes)


@UNHURRIED
@given(st.data(), small_problems(communes=3, several=False))
def test_no_other_plan_of_a_month_disturbs_fewer_published_visits(data: st.DataObject, problem: Problem) -> None:
    plan = published(problem)
    mended = mend(problem, plan, data.draw(absences_and_closures(problem, vacant=False)))

    for month in mended.months:
        disturbed = sum(move.valid for move in mended.moves if move.was.month == month)
        disturbed += sum(visit.month == month for visit in mended.given_up)
        assert (_unserved_in(mended, month), disturbed) == _least_disturbance(mended.problem, plan, month)


def _least_disturbance(problem: Problem, plan: Plan, month: Month) -> tuple[int, int]:
    """Return the fewest unserved, then the fewest valid published visits that change."""
    return min((out, disturbed) for out, disturbed, _ in _every_month(problem, plan, month))


def _every_month(problem: Problem, plan: Plan, month: Month) -> Iterator[tuple[int, int, list[Visit]]]:
    """Yield every choice of a month: how many are unserved, how many valid published visits change, and the visits."""
    offered = half_days(month, problem.windows, problem.holidays, problem.mediators)
    valid = {v.commune: v for v in plan.visits if v.month == month and _stands(problem, v)}
    rows = [c for c in problem.communes if c.visits_due(month) or c.code in valid]
    choices = [
        [None] + [(day, half, m) for (day, half), team in offered.items() for m in team if commune.opens(day, half)]
        for commune in rows
    ]
    for choice in itertools.product(*choices):
        held = [place for place in choice if place is not None]
        if len(set(held)) == len(held):
            out = sum(bool(c.visits_due(month)) and place is None for c, place in zip(rows, choice, strict=True))
            homes = ((valid[c.code], place) for c, place in zip(rows, choice, strict=True) if c.code in valid)
            yield out, sum(place != (v.date, v.half, v.mediator) for v, place in homes), _visits(rows, choice)


def _visits(rows: list[Commune], choice: tuple[tuple[dt.date, Half, str] | None, ...]) -> list[Visit]:
    placed = [(commune, place) for commune, place in zip(rows, choice, strict=True) if place is not None]
    return [Visit(date=place[0], half=place[1], commune=commune.code, mediator=place[2]) for commune, place in placed]


@UNHURRIED
@given(st.data(), small_problems(communes=3, several=False))
def test_a_month_proved_cheapest_costs_no_more_than_any_other_as_close(data: st.DataObject, problem: Problem) -> None:
    plan = published(problem)
    drawn = data.draw(absences_and_closures(problem, vacant=False))
    mended = mend(problem, plan, Disruption(absences=drawn.absences, closures=drawn.closures))
    assume(len(mended.months) == 1 and mended.proved and not mended.unserved)
    (month,) = mended.months
    outside = [visit for visit in mended.plan.visits if visit.month != month]
    disturbed = sum(move.valid for move in mended.moves)

    others = [
        Plan(visits=(*outside, *visits))
        for out, changed, visits in _every_month(mended.problem, plan, month)
        if (out, changed) == (0, disturbed) and len(visits) == len(mended.plan.visits) - len(outside)
    ]

    assert _cost(mended.problem, mended.plan) <= min(_cost(mended.problem, other) for other in others) + 0.11


def _cost(problem: Problem, plan: Plan) -> float:
    return replace(price(problem, plan), balance=0).total(problem.weights)


def _stands(problem: Problem, visit: Visit) -> bool:
    commune, mediator = problem.commune(visit.commune), problem.mediator(visit.mediator)
    return not any(broken_rules(problem, commune, mediator, visit.date, visit.half))


@UNHURRIED
@given(st.data(), small_problems(communes=4))
def test_without_time_the_plan_is_legal_and_as_full(data: st.DataObject, problem: Problem) -> None:
    plan = published(problem)
    disruption = data.draw(absences_and_closures(problem))

    at_once, mended = mend(problem, plan, disruption, seconds=0.0), mend(problem, plan, disruption)

    assert check(at_once.problem, at_once.plan) == ()
    assert not at_once.proved or not any(visit.month in at_once.months for visit in at_once.plan.visits)
    assert [len(at_once.unserved), at_once.months] == [len(mended.unserved), mended.months]
    assert unserved(at_once.problem, at_once.plan) == unserved(mended.problem, mended.plan)


@UNHURRIED
@given(st.data(), small_problems(communes=4))
def test_a_visit_moved_by_hand_stands_or_is_refused(data: st.DataObject, problem: Problem) -> None:
    plan = published(problem)
    assume(plan.visits)
    was = data.draw(st.sampled_from(plan.visits))
    commune = problem.commune(was.commune)
    date, half = data.draw(st.sampled_from(list(half_days(was.month, problem.windows, problem.holidays, problem.mediators))))
    mediator = data.draw(st.sampled_from(problem.mediators))
    move = ByHand(commune=was.commune, was=was.date, date=date, half=half, mediator=mediator.id)
    now = Visit(date=date, half=half, commune=was.commune, mediator=mediator.id)
    twins = [v for v in plan.visits if v.commune == was.commune and v.date == was.date]
    assume(len(twins) == 1)

    try:
        mended = mend(problem, plan, Disruption(by_hand=(move,)))
    except ProblemError:
        assert any(broken_rules(problem, commune, mediator, date, half)) or (commune.visits_per_month == 2 and now in plan.visits)
        return

    assert check(problem, mended.plan) == ()
    assert now in mended.plan.visits


@UNHURRIED
@given(st.data(), small_problems(communes=4))
def test_nothing_before_the_given_day_changes(data: st.DataObject, problem: Problem) -> None:
    plan = published(problem)
    drawn = data.draw(absences_and_closures(problem))
    assume(drawn.absences)
    since = drawn.absences[0].starts

    mended = mend(problem, plan, Disruption(absences=drawn.absences, since=since))

    assert check(mended.problem, mended.plan) == ()
    assert [v for v in mended.plan.visits if v.date < since] == [v for v in plan.visits if v.date < since]
