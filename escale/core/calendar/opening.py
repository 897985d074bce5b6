"""Opening hours as OpenStreetMap writes them, for a place whose days come back every month."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from escale.core.calendar.halfdays import Weekday
from escale.core.calendar.hours import Hours
from escale.core.calendar.months import Month, nth_of_month, nth_weekday

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
LEAST_TIMES = 3
"""Two days that look alike are no habit."""


def monthly_hours(sessions: Iterable[tuple[dt.date, Hours]], first: dt.date, last: dt.date) -> str:
    """Return the hours of a place, such as « We[2] 14:00-17:00 », when they hold every month from a day to another.

    `sessions` are all those of the place in these days, both included. An n-th weekday that is missed once, or one day beside
    it, and the answer is empty: whoever reads the hours would come for nothing. (OpenStreetMap, key « opening_hours ».)
    """
    patterns: defaultdict[tuple[int, int], defaultdict[dt.date, set[Hours]]] = defaultdict(lambda: defaultdict(set))
    for day, hours in sessions:
        patterns[day.weekday(), nth_of_month(day)][day].add(hours)
    if not all(_holds(weekday, nth, days, first, last) for (weekday, nth), days in patterns.items()):
        return ""
    return "; ".join(_written(weekday, nth, days) for (weekday, nth), days in sorted(patterns.items()))


def _holds(weekday: int, nth: int, days: dict[dt.date, set[Hours]], first: dt.date, last: dt.date) -> bool:
    months = Month.of(first).until(Month.of(last))
    expected = {day for month in months if (day := nth_weekday(month, nth, Weekday(weekday))) and first <= day <= last}
    is_the_same = len({frozenset(hours) for hours in days.values()}) == 1
    return is_the_same and expected == days.keys() and len(expected) >= LEAST_TIMES


def _written(weekday: int, nth: int, days: dict[dt.date, set[Hours]]) -> str:
    hours = ",".join(map(str, sorted(next(iter(days.values())))))
    return f"{DAYS[weekday]}[{nth}] {hours}"
