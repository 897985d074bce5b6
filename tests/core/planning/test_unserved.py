"""Which visits a plan leaves out, and why no half-day is left for them."""

from __future__ import annotations

from escale.core.calendar.months import Month
from escale.core.planning.plan import MakeUp, Plan
from escale.core.planning.shortage import Cause
from escale.core.planning.unserved import unserved_of
from tests.core.planning.builders import a_commune, a_plan, a_problem, a_visit, windows

JANUARY = Month(2026, 1)


def test_a_plan_that_serves_everyone_leaves_nobody_out() -> None:
    problem = a_problem(months=(JANUARY,))

    assert unserved_of(problem, a_plan(a_visit("59002", "2026-01-06"))) == ()


def test_a_commune_that_opens_when_nobody_comes_has_no_half_day() -> None:
    problem = a_problem(a_commune(windows=windows("MON_AM")), months=(JANUARY,))

    (missing,) = unserved_of(problem, a_plan())

    assert (missing.commune, missing.month, missing.reason.cause) == ("59002", JANUARY, Cause.NO_HALF_DAY)


def test_communes_that_share_too_few_half_days_are_told_how_many_they_are() -> None:
    fridays = windows("FRI_PM")
    communes = [a_commune(f"5900{n}", windows=fridays) for n in range(6)]
    problem = a_problem(*communes, months=(JANUARY,))
    dates = ["2026-01-02", "2026-01-09", "2026-01-16", "2026-01-23", "2026-01-30"]

    (missing,) = unserved_of(problem, a_plan(*[a_visit(f"5900{n}", date, "PM") for n, date in enumerate(dates)]))

    assert missing.commune == "59005"
    assert (missing.reason.contenders, missing.reason.places) == (6, 5)


def test_a_visit_that_was_taken_out_by_hand_still_has_places() -> None:
    problem = a_problem(a_commune("59001"), a_commune("59002"), months=(JANUARY,))

    (missing,) = unserved_of(problem, a_plan(a_visit("59001", "2026-01-06")))

    assert (missing.commune, missing.reason.cause) == ("59002", Cause.NOT_PLACED)
    assert missing.reason.words == "des demi-journées du mois restent possibles, le passage n’y est pas encore placé"


def test_a_make_up_takes_a_place_that_the_month_no_longer_has() -> None:
    communes = [a_commune(f"5900{n}", windows=windows("FRI_PM")) for n in range(5)]
    problem = a_problem(*communes, months=(JANUARY,))
    dates = ["2026-01-02", "2026-01-09", "2026-01-16", "2026-01-23"]
    visits = tuple(a_visit(f"5900{n}", date, "PM") for n, date in enumerate(dates))
    last = a_visit("59000", "2026-01-30", "PM")
    make_up = MakeUp(date=last.date, half=last.half, commune="59000", mediator="M1", for_month=Month(2025, 12))

    (missing,) = unserved_of(problem, Plan(visits=visits, make_ups=(make_up,)))

    assert (missing.reason.contenders, missing.reason.places) == (5, 4)
