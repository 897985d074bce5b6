"""Count days and months as the law does: months by their day, days on which people work, what rolls over and what does not.

Every deadline of the convention is reckoned here, on local civil dates: neither the clock nor the time zone of a machine matters.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, count

from escale.core.calendar.halfdays import Weekday
from escale.core.calendar.holidays import HolidayArea, holiday_dates
from escale.core.convention.terms import Roll, Terms

ONE_DAY = dt.timedelta(days=1)
RECOURSE_MONTHS = 2
"""What a party has to contest a termination (CE, 21 March 2011, n° 304806)."""


@lru_cache(maxsize=4096)
def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day of another month, or its last day when it is shorter (code de procédure civile, art. 641)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def is_working_day(day: dt.date, area: HolidayArea = HolidayArea.METROPOLE) -> bool:
    """Tell whether a day is neither of the weekend nor a public holiday."""
    return day.weekday() < Weekday.SAT and day not in holiday_dates((day.year,), area)


def working_day_from(day: dt.date, area: HolidayArea = HolidayArea.METROPOLE) -> dt.date:
    """Return this day, or the next one on which people work (code de procédure civile, art. 642)."""
    while not is_working_day(day, area):
        day += ONE_DAY
    return day


@lru_cache(maxsize=1024)
def working_day_until(day: dt.date, area: HolidayArea = HolidayArea.METROPOLE) -> dt.date:
    """Return this day, or the last one before it on which people work."""
    while not is_working_day(day, area):
        day -= ONE_DAY
    return day


def last_day_to_denounce(terms: Terms, end: dt.date, area: HolidayArea = HolidayArea.METROPOLE) -> dt.date:
    """Return the last day on which a denunciation for this end is in time (art. 5-1).

    It does not roll, unless the terms say so: it is counted backwards, and rolling would shorten the notice of the other party.
    """
    last = add_months(end, -terms.denunciation_notice_months)
    if not terms.denunciation_deadline_inclusive:
        last -= ONE_DAY
    match terms.denunciation_roll_non_working:
        case Roll.FORWARD:
            return working_day_from(last, area)
        case Roll.BACKWARD:
            return working_day_until(last, area)
    return last


def day_to_post_by(last_day: dt.date, *, safety_days: int, area: HolidayArea = HolidayArea.METROPOLE) -> dt.date:
    """Return the working day by which a letter leaves, so that it is received in time whatever the post does."""
    return working_day_until(last_day - dt.timedelta(days=safety_days), area)


def last_day_to_cure(terms: Terms, received: dt.date, area: HolidayArea = HolidayArea.METROPOLE) -> dt.date:
    """Return the last day on which the defaulting party may still put things right (art. 5-2); it rolls in its favour."""
    last = add_months(received, terms.cure_period_months)
    return working_day_from(last, area) if terms.cure_roll_forward else last


def first_day_to_terminate(terms: Terms, received: dt.date, area: HolidayArea = HolidayArea.METROPOLE) -> dt.date:
    """Return the first day on which a termination for breach may be notified (art. 5-2)."""
    return last_day_to_cure(terms, received, area) + ONE_DAY


def last_day_of_recourse(informed: dt.date, area: HolidayArea = HolidayArea.METROPOLE) -> dt.date:
    """Return the last day to bring a termination before the court.

    It is a « délai franc »: neither the day of the notice nor that on which it expires counts, and it rolls over.
    """
    return working_day_from(add_months(informed, RECOURSE_MONTHS) + ONE_DAY, area)


def day_to_seize_by(informed: dt.date, area: HolidayArea = HolidayArea.METROPOLE) -> dt.date:
    """Return the day to warn of: that of someone who would forget that the delay is « franc » and rolls over."""
    return working_day_until(add_months(informed, RECOURSE_MONTHS), area)


def evaluations(terms: Terms, anchor: dt.date) -> Iterator[dt.date]:
    """Yield without end the days on which evaluations are due (art. 6): twice in the first year, then every year.

    Each one is counted from the anchor, so that a 31st or a 29 February is never lost on the way.
    """
    scheduled = terms.evaluation_schedule_months
    return (add_months(anchor, months) for months in chain(scheduled, count(scheduled[-1] + 12, 12)))
