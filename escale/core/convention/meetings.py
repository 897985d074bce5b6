"""How many times the committee may meet (art. 6: « maximum 3 fois par an »), whatever a year is taken to be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

from escale.core.convention.dates import add_months

MOST_A_YEAR = 3
CONTRACT_YEAR_STARTS = 7
"""The month in which the periods of the convention begin, once it is renewed (art. 5-1)."""


class CommitteeYear(StrEnum):
    """What « par an » is taken to be."""

    CALENDAR = "CALENDAR"
    ROLLING_12M = "ROLLING_12M"
    CONTRACT_YEAR_1JUL = "CONTRACT_YEAR_1JUL"


def may_meet(
    on: dt.date, others: Iterable[dt.date], *, year: CommitteeYear = CommitteeYear.CALENDAR, most: int = MOST_A_YEAR
) -> bool:
    """Tell whether the committee may meet on a day beside its other meetings, held or planned, those cancelled left out."""
    others = sorted(others)
    if year is not CommitteeYear.ROLLING_12M:
        return sum(_year_of(other, year) == _year_of(on, year) for other in others) < most
    # Any twelve months that hold this day: they begin with a meeting, or there is a fuller stretch that does.
    starts = [day for day in [*others, on] if day <= on <= add_months(day, 12)]
    return all(sum(start <= other <= add_months(start, 12) for other in others) < most for start in starts)


def _year_of(day: dt.date, year: CommitteeYear) -> int:
    return day.year - (year is CommitteeYear.CONTRACT_YEAR_1JUL and day.month < CONTRACT_YEAR_STARTS)
