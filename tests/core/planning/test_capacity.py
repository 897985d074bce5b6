"""Capacity: places and needs, readings, leave, one commune or mediator more."""

import itertools

import pytest
from hypothesis import given, settings

from escale.core.calendar.halfdays import Window
from escale.core.calendar.months import Month
from escale.core.planning.capacity import (
    LeaveRequest,
    capacity,
    capacity_by_reading,
    leave_effects,
    with_more_communes,
    with_more_mediators,
)
from escale.core.planning.faults import ProblemError
from escale.core.planning.problem import Commune, Mediator, Problem
from escale.core.planning.readings import Reading, ReadingError
from escale.core.planning.shortage import Cause
from tests.core.planning.builders import a_commune, a_problem, day, every_plan, small_problems, windows

MAY = Month(2026, 5)
MAY_HOLIDAYS = frozenset({day("2026-05-01"), day("2026-05-08"), day("2026-05-14"), day("2026-05-25")})


def may(communes: int, mediators: int, **changes: object) -> Problem:
    """Return May 2026, the shortest month of the year, with its public holidays."""
    return a_problem(
        *[a_commune(f"{59000 + n}") for n in range(communes)],
        months=(MAY,),
        holidays=MAY_HOLIDAYS,
        mediators=tuple(Mediator(id=f"M{n + 1}") for n in range(mediators)),
        **changes,
    )


def test_in_may_two_mediators_have_one_place_more_than_forty_seven_communes_need() -> None:
    (month,) = capacity(may(47, 2)).months

    assert (month.places, month.needs, month.spare, month.kept) == (48, 47, 1, True)
    assert month.words == "mai 2026 : 48 demi-journées pour 47 visites, il en reste 1"


def test_afternoons_alone_never_hold_forty_seven_communes() -> None:
    by_reading = capacity_by_reading(may(47, 2))

    assert by_reading[Reading.R1].kept
    assert by_reading[Reading.R2].months[0].places == 28
    assert len(by_reading[Reading.R2].unserved) == 19
    assert Reading.CUSTOM not in by_reading


def test_a_custom_reading_is_added_when_half_days_are_given() -> None:
    custom = capacity_by_reading(may(3, 1), custom=windows("TUE_AM"))[Reading.CUSTOM]

    assert custom.windows == {Window.parse("TUE_AM")}
    assert custom.months[0].places == 4


def test_a_custom_reading_outside_the_article_is_refused() -> None:
    with pytest.raises(ReadingError, match="lundi matin"):
        capacity_by_reading(may(3, 1), custom=windows("MON_AM"))


def test_an_impossible_month_names_the_shortest_list_of_communes_with_the_reason() -> None:
    shut = a_commune("59100", windows=windows("WED_PM"), closed=frozenset(MAY.days()))
    alone = [a_commune(f"5920{n}", windows=windows("TUE_AM")) for n in range(5)]
    problem = a_problem(shut, *alone, a_commune("59300"), months=(MAY,), holidays=MAY_HOLIDAYS)

    found = {visit.commune: visit.reason for visit in capacity(problem).unserved}

    assert len(found) == 2
    assert found.pop("59100").cause is Cause.NO_HALF_DAY
    (crowded,) = found.values()
    assert (crowded.cause, crowded.places, crowded.contenders) == (Cause.CROWDED, 4, 5)
    assert crowded.words == "5 visites se partagent 4 demi-journées"


def test_a_month_with_places_enough_but_not_for_everyone_says_so() -> None:
    problem = a_problem(a_commune("59001", closed=frozenset(MAY.days())), months=(MAY,))

    (month,) = capacity(problem).months

    assert month.spare > 0
    assert month.words.endswith("mais 1 visite sans demi-journée possible")


def test_leave_that_breaks_the_promise_is_told_alone_and_in_turn() -> None:
    november = Month(2026, 11)
    problem = may(46, 2)
    problem = a_problem(
        *problem.communes, months=(november,), holidays=frozenset({day("2026-11-11")}), mediators=problem.mediators
    )
    weeks = [("M1", "2026-11-02", "2026-11-06"), ("M2", "2026-11-16", "2026-11-20"), ("M1", "2026-11-23", "2026-11-24")]
    requests = [LeaveRequest(mediator=m, starts=day(a), ends=day(b)) for m, a, b in weeks]

    first, second, third = leave_effects(problem, requests)

    assert (first.alone, first.in_turn) == ((), ())
    assert second.alone == ()
    assert [(m.month, m.places, len(m.unserved)) for m in second.in_turn] == [(november, 40, 6)]
    assert [len(m.unserved) for m in third.in_turn] == [8]
    assert "tient" in first.words
    assert "avec les congés demandés avant, en novembre 2026 (6 visites sans place)" in second.words


def test_leave_of_nobody_is_refused() -> None:
    with pytest.raises(ProblemError, match="M9"):
        leave_effects(may(1, 1), [LeaveRequest(mediator="M9", starts=day("2026-05-04"), ends=day("2026-05-05"))])


def test_leave_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ProblemError, match="avant de commencer"):
        leave_effects(may(1, 1), [LeaveRequest(mediator="M1", starts=day("2026-05-06"), ends=day("2026-05-05"))])


def test_one_commune_more_fits_and_two_do_not() -> None:
    assert with_more_communes(may(47, 2)).kept
    two = with_more_communes(may(47, 2), 2)
    assert not two.kept
    assert two.words == "La promesse ne peut être tenue aucun mois : 1 visite sans place au total."


def test_one_mediator_more_gives_a_months_places_more() -> None:
    assert with_more_mediators(may(47, 2)).months[0].places == 72


@settings(max_examples=40, deadline=None)
@given(small_problems(communes=3, mediators=1, several=False))
def test_the_unserved_are_as_few_as_in_the_best_of_all_plans(problem: Problem) -> None:
    for month in problem.months:
        alone = _only(problem, month)
        served = [{(v.commune, v.month) for v in plan.visits} for plan in itertools.islice(every_plan(alone), 20_000)]
        due = {(c.code, month) for c in problem.communes if c.visits_due(month)}

        (found,) = capacity(alone).months

        assert len(found.unserved) == min(len(due - visits) for visits in served)
        assert {visit.commune for visit in found.unserved} <= {code for code, _ in due}


def _only(problem: Problem, month: Month) -> Problem:
    communes = tuple(
        Commune(code=c.code, name=c.name, windows=c.windows, closed=c.closed, starts=c.starts, until=c.until)
        for c in problem.communes
    )
    n = len(communes)
    return a_problem(
        *communes,
        months=(month,),
        windows=problem.windows,
        holidays=problem.holidays,
        mediators=problem.mediators,
        base_hm=(1.0,) * n,
    )
