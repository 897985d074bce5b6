"""Deadlines, periods and meetings: examples worked by hand, and what always holds."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escale.core.convention.dates import (
    ONE_DAY,
    add_months,
    day_to_seize_by,
    is_working_day,
    last_day_of_recourse,
    last_day_to_cure,
    last_day_to_denounce,
    working_day_from,
    working_day_until,
)
from escale.core.convention.meetings import CommitteeYear, may_meet
from escale.core.convention.periods import Course
from escale.core.convention.refusals import RefusedError
from escale.core.convention.terms import Roll, Terms
from tests.core.convention.vectors import day

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2060, 12, 31))
TERMS = Terms()


@given(DAYS, st.integers(-60, 60))
def test_months_keep_their_day_or_end_sooner(start: dt.date, months: int) -> None:
    found = add_months(start, months)

    assert (found.year * 12 + found.month) - (start.year * 12 + start.month) == months
    assert found.day == start.day or (found.day < start.day and (found + ONE_DAY).day == 1)


@given(DAYS, st.integers(0, 30))
def test_ends_never_drift(term: dt.date, number: int) -> None:
    course = Course(terms=replace(TERMS, initial_term_end=term), effect=term)

    assert course.end_of(number) == add_months(term, 12 * number)
    assert course.period(number + 1).start == course.period(number).end + ONE_DAY


@given(DAYS, st.integers(2, 30), st.integers(0, 5000))
def test_every_day_from_the_effect_has_exactly_one_period(effect: dt.date, months: int, days: int) -> None:
    terms = replace(TERMS, initial_term_end=effect + dt.timedelta(days=days % 500), denunciation_notice_months=1)
    course = Course(terms=replace(terms, renewal_period_months=months), effect=effect)
    asked = effect + dt.timedelta(days=days)

    period = course.period_on(asked)

    assert period is not None
    assert period.start <= asked <= period.end
    assert course.period_on(effect - ONE_DAY) is None


@given(DAYS)
def test_the_last_day_to_denounce_never_rolls(end: dt.date) -> None:
    last = last_day_to_denounce(TERMS, end)

    assert last == add_months(end, -2)
    assert last_day_to_denounce(replace(TERMS, denunciation_deadline_inclusive=False), end) == last - ONE_DAY
    assert last_day_to_denounce(replace(TERMS, denunciation_roll_non_working=Roll.FORWARD), end) == working_day_from(last)
    assert last_day_to_denounce(replace(TERMS, denunciation_roll_non_working=Roll.BACKWARD), end) == working_day_until(last)


@given(DAYS)
def test_a_cure_never_ends_before_its_month_nor_on_a_day_off(received: dt.date) -> None:
    last = last_day_to_cure(TERMS, received)

    assert last >= add_months(received, 1)
    assert is_working_day(last)
    assert not any(is_working_day(add_months(received, 1) + ONE_DAY * n) for n in range((last - add_months(received, 1)).days))


def test_recourse_is_free_of_its_first_and_last_days_and_rolls_over() -> None:
    informed = day("2027-02-16")

    assert last_day_of_recourse(informed) == day("2027-04-19")
    assert day_to_seize_by(informed) == day("2027-04-16")


@given(DAYS)
def test_who_heeds_the_warning_is_in_time_to_go_to_court(informed: dt.date) -> None:
    assert informed < day_to_seize_by(informed) < last_day_of_recourse(informed)


def test_a_convention_notified_on_its_last_day_runs_one_day_then_is_renewed() -> None:
    course = Course(terms=TERMS, effect=day("2026-06-30"))

    assert course.period(0).days == 1
    assert course.number_on(day("2026-07-01")) == 1


def test_a_convention_notified_after_its_term_is_refused() -> None:
    with pytest.raises(RefusedError, match="E_NOTIFICATION_AFTER_TERM") as refused:
        Course(terms=TERMS, effect=day("2026-07-06"))

    assert "faire délibérer un nouveau terme" in refused.value.message


def test_no_period_runs_after_the_last_renewal() -> None:
    course = Course(terms=replace(TERMS, max_renewals=1), effect=day("2025-03-17"))

    assert course.number_on(day("2027-06-30")) == 1
    assert course.period_on(day("2027-07-01")) is None
    with pytest.raises(ValueError, match="2"):
        course.period(2)


def test_a_period_is_found_by_its_end() -> None:
    course = Course(terms=TERMS, effect=day("2025-03-17"))

    assert course.ending_on(day("2028-06-30")) == course.period(2)
    assert course.ending_on(day("2028-06-29")) is None
    assert course.ending_on(day("2020-06-30")) is None


@pytest.mark.parametrize(
    ("year", "on", "allowed"),
    [
        (CommitteeYear.CALENDAR, "2026-12-15", False),
        (CommitteeYear.CALENDAR, "2027-01-12", True),
        (CommitteeYear.ROLLING_12M, "2026-12-15", False),
        (CommitteeYear.ROLLING_12M, "2027-02-04", False),
        (CommitteeYear.ROLLING_12M, "2027-02-05", True),
        (CommitteeYear.ROLLING_12M, "2025-12-15", False),
        (CommitteeYear.CONTRACT_YEAR_1JUL, "2026-12-15", True),
    ],
)
def test_a_fourth_meeting_waits_for_the_next_year(year: CommitteeYear, on: str, *, allowed: bool) -> None:
    held = [day("2026-02-04"), day("2026-06-03"), day("2026-10-07")]

    assert may_meet(day(on), held, year=year) is allowed
