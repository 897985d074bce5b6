"""A place tells its hours to a map only when they hold every month."""

from __future__ import annotations

import datetime as dt

import pytest

from escale.core.calendar.halfdays import Weekday
from escale.core.calendar.hours import Hours
from escale.core.calendar.months import Month, nth_weekday
from escale.core.calendar.opening import monthly_hours

AFTERNOON, MORNING = Hours.parse("14:00-17:00"), Hours.parse("09:00-12:00")
FIRST, LAST = dt.date(2026, 11, 23), dt.date(2027, 6, 30)
MONTHS = tuple(Month(2026, 12).until(Month(2027, 6)))

Sessions = list[tuple[dt.date, Hours]]


def every(nth: int, weekday: Weekday, hours: Hours = AFTERNOON, months: tuple[Month, ...] = MONTHS) -> Sessions:
    return [(day, hours) for month in months if (day := nth_weekday(month, nth, weekday))]


def test_the_same_weekday_of_each_month_is_told_in_one_rule() -> None:
    assert monthly_hours(every(2, Weekday.WED), FIRST, LAST) == "We[2] 14:00-17:00"


def test_two_days_a_month_are_two_rules_and_two_halves_of_a_day_are_one() -> None:
    sessions = every(2, Weekday.THU) + every(2, Weekday.TUE) + every(2, Weekday.TUE, MORNING)

    assert monthly_hours(sessions, FIRST, LAST) == "Tu[2] 09:00-12:00,14:00-17:00; Th[2] 14:00-17:00"


def test_a_day_that_is_still_to_come_this_month_counts() -> None:
    assert monthly_hours(every(4, Weekday.WED), FIRST, LAST) == ""
    november = (Month(2026, 11), *MONTHS)
    assert monthly_hours(every(4, Weekday.WED, months=november), FIRST, LAST) == "We[4] 14:00-17:00"


SECOND = every(2, Weekday.WED)


@pytest.mark.parametrize(
    "sessions",
    [
        [],
        SECOND[:3] + SECOND[4:],
        SECOND[:-1],
        SECOND[1:],
        [*SECOND[:3], (SECOND[3][0] + dt.timedelta(days=7), AFTERNOON), *SECOND[4:]],
        [*SECOND, (dt.date(2027, 3, 1), AFTERNOON)],
        [*SECOND[:-1], (SECOND[-1][0], MORNING)],
        [*SECOND[:-1], (SECOND[-1][0], MORNING), SECOND[-1]],
    ],
    ids=["none", "a month without", "ends early", "begins late", "moved once", "one more", "other hours", "both halves"],
)
def test_what_does_not_hold_every_month_is_not_told(sessions: Sessions) -> None:
    assert monthly_hours(sessions, FIRST, LAST) == ""


def test_a_fifth_weekday_comes_when_it_comes() -> None:
    assert monthly_hours(every(5, Weekday.WED), FIRST, LAST) == "We[5] 14:00-17:00"


def test_two_days_are_no_habit() -> None:
    assert monthly_hours(SECOND[:2], FIRST, dt.date(2027, 1, 31)) == ""
