"""« Elle pourra se réunir maximum 3 fois par an » (art. 6): which meetings share a year, by the reading of « an »."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

MOST_A_YEAR = 3
JULY = 7


class YearRule(StrEnum):
    """What « par an » means: nothing in the text says so."""

    CALENDAR = "CALENDAR"
    ROLLING = "ROLLING_12M"
    CONTRACT = "CONTRACT_YEAR_1JUL"


def meetings_that_fill(day: dt.date, others: Iterable[dt.date], *, most: int, rule: YearRule) -> tuple[dt.date, ...]:
    """Return the meetings that leave no room for one more on a day, in the order of time; none when it may be held.

    `others` are the days of the meetings that are planned or held. Rolling, no twelve months in a row may hold more than `most`.
    """
    known = sorted(others)
    if rule is YearRule.ROLLING:
        starts = sorted({one for one in (*known, day) if one <= day < _a_year_after(one)})
        years = [tuple(one for one in known if start <= one < _a_year_after(start)) for start in starts]
    else:
        years = [tuple(one for one in known if _year_of(one, rule) == _year_of(day, rule))]
    return next((year for year in years if len(year) >= most), ())


def _year_of(day: dt.date, rule: YearRule) -> int:
    return day.year - (rule is YearRule.CONTRACT and day.month < JULY)


def _a_year_after(day: dt.date) -> dt.date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return dt.date(day.year + 1, 3, 1)
