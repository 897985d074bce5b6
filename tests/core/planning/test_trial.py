"""A change of the pattern is tried on a published tour: legal whatever it gives, with the reason when there is no place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count, pairwise

import pytest

from escale.core.calendar.halfdays import Window
from escale.core.calendar.months import Month
from escale.core.planning.check import check
from escale.core.planning.faults import ProblemError
from escale.core.planning.problem import Mediator
from escale.core.planning.rules.costs import apart_days
from escale.core.planning.trial import try_commune, try_mediator, try_visits, try_window
from escale.core.planning.tried import Trial
from tests.core.planning.builders import a_commune, a_plan, a_problem, a_visit, windows

ONE, TWO = "59001", "59002"
PROBLEM = a_problem(a_commune(ONE), a_commune(TWO, windows=windows("TUE_AM")))
TOUR = a_plan(
    *(a_visit(ONE, date) for date in ("2026-01-13", "2026-02-10")), *(a_visit(TWO, date) for date in ("2026-01-06", "2026-02-03"))
)


def ticks() -> Iterator[float]:
    """Yield the seconds of a clock that goes on a hundredth each time that it is read: no test waits for a real one."""
    return (n / 100 for n in count())


def twice(**changes: object) -> Trial:
    problem = replace(PROBLEM, **changes)  # type: ignore[arg-type]
    return try_visits(problem, TOUR, commune=ONE, visits=2, clock=ticks().__next__, seconds=1.0)


def test_a_second_visit_stands_apart_from_the_first_and_moves_nobody_when_there_is_room() -> None:
    found = twice()

    days = [visit.date for visit in found.after[1].by_commune[ONE]]
    before, after = found.kilometres
    assert found.possible
    assert check(*found.after) == ()
    assert set(TOUR.visits) <= set(found.after[1].visits)
    assert [len(found.added), len(found.moved)] == [2, 0]
    assert min((b - a).days for a, b in pairwise(days)) >= apart_days(2)
    assert after > before
    assert sum(found.free[0]) - sum(found.free[1]) == len(found.added)


def test_where_no_half_day_is_left_the_month_and_the_reason_are_told() -> None:
    found = twice(
        windows=windows("TUE_AM"),
        months=(*PROBLEM.months, Month(2026, 3)),
        holidays=frozenset(day for day in Month(2026, 2).days() if day.day not in {3, 10}),
    )

    assert not found.possible
    assert [(one.commune.split("/")[0], str(one.month)) for one in found.missing] == [(ONE, "2026-02")]
    assert "aucune demi-journée du mois ne convient" in found.missing[0].reason.words


def test_another_half_day_is_given_by_an_exchange_or_refused_by_its_rule() -> None:
    given = try_window(PROBLEM, TOUR, commune=ONE, window=Window.parse("FRI_PM"), clock=ticks().__next__, seconds=1.0)
    refused = try_window(PROBLEM, TOUR, commune=TWO, window=Window.parse("FRI_PM"), clock=ticks().__next__, seconds=1.0)

    assert given.possible
    assert given.usual is not None
    assert given.usual.window == Window.parse("FRI_PM")
    assert not refused.possible
    assert refused.reason
    assert refused.after == (PROBLEM, TOUR)


def test_one_more_mediator_frees_half_days_and_one_more_commune_takes_some() -> None:
    mediator = try_mediator(PROBLEM, TOUR, clock=ticks().__next__)
    commune = try_commune(PROBLEM, TOUR, like=TWO, clock=ticks().__next__, seconds=1.0)

    assert mediator.possible
    assert sum(mediator.free[1]) > sum(mediator.free[0])
    assert mediator.after[1] == TOUR
    assert commune.possible
    assert len(commune.added) == 2
    assert all(visit.window == Window.parse("TUE_AM") for visit in commune.added)


def test_what_became_impossible_since_the_publication_is_not_blamed_on_the_change() -> None:
    away = PROBLEM.with_changes(mediators=(Mediator(id="M1", away=frozenset({TOUR.visits[0].date})),))

    found = try_visits(away, TOUR, commune=ONE, visits=2, clock=ticks().__next__, seconds=1.0)

    assert found.possible
    assert [change.commune for change in found.moved] == []
    assert found.before[1] != TOUR


@pytest.mark.parametrize("visits", [1, 5])
def test_a_number_of_visits_that_is_no_trial_is_refused(visits: int) -> None:
    with pytest.raises(ProblemError, match="en essayer davantage"):
        try_visits(PROBLEM, TOUR, commune=ONE, visits=visits, clock=ticks().__next__)
