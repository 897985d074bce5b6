"""What the dates of a convention are counted with, as its EPCI chose: the days given to a letter, and the public holidays."""

from __future__ import annotations

from collections.abc import Callable

from escale.apps.territory.catalogue import HOLIDAY_AREA, POSTING_SAFETY_DAYS
from escale.apps.territory.models import Epci
from escale.apps.territory.queries import settings_of, values_of
from escale.core.calendar.holidays import HolidayArea

Habits = tuple[int, HolidayArea]


def habits_of(epci: Epci) -> Habits:
    """Return those of an EPCI: from one query, or from none when its settings are read with it."""
    made = settings_of(epci)
    return made(POSTING_SAFETY_DAYS), made(HOLIDAY_AREA)


def all_habits() -> Callable[[int], Habits]:
    """Return those of any EPCI by its key, read at once for all of them."""
    safety, area = values_of(POSTING_SAFETY_DAYS), values_of(HOLIDAY_AREA)
    return lambda epci: (safety(epci), area(epci))
