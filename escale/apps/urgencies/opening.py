"""When the team can be called for an urgency, and how many hours of service pass before it answers (art. 4)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from escale.apps.territory import catalogue
from escale.apps.territory.models import Epci
from escale.apps.territory.queries import closed_days_of_territory, holidays_between, settings_of
from escale.core.calendar.halfdays import Half, Weekday, Window
from escale.core.urgencies.calling import Calling

SERVICE_WEEK = frozenset(
    Window(weekday=weekday, half=half) for weekday in Weekday if weekday not in (Weekday.SAT, Weekday.SUN) for half in Half
)
"""The half-days on which someone works: times of answer and of solution count these alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """The hours of service of a period, by which delays are counted: no night, no week-end, no public holiday."""

    service: Calling
    zone: ZoneInfo

    @property
    def words(self) -> str:
        """« du lundi au vendredi, 9 h – 12 h et 14 h – 17 h, hors jours fériés et fermetures »."""
        hours = f"{self.service.morning.words} et {self.service.afternoon.words}"
        return f"du lundi au vendredi, {hours}, hors jours fériés et fermetures"

    def minutes(self, start: dt.datetime, end: dt.datetime | None) -> int | None:
        """Return the minutes of service from one moment to another; None while the second is still to come."""
        if end is None:
            return None
        return self.service.minutes_between(start.astimezone(self.zone), end.astimezone(self.zone))


def calling_of(epci: Epci, first: dt.date, last: dt.date) -> Calling:
    """Return the half-days of a period on which the team is on call."""
    return _calling(epci, first, last, settings_of(epci)(catalogue.ON_CALL_WINDOWS))


def opening_of(epci: Epci, first: dt.date, last: dt.date) -> Opening:
    """Return the hours of service of a period, both days included."""
    return Opening(service=_calling(epci, first, last, SERVICE_WEEK), zone=ZoneInfo(epci.time_zone))


def _calling(epci: Epci, first: dt.date, last: dt.date, windows: frozenset[Window]) -> Calling:
    choice = settings_of(epci)
    return Calling(
        windows=windows,
        morning=choice(catalogue.HALF_DAY_AM),
        afternoon=choice(catalogue.HALF_DAY_PM),
        closed=holidays_between(epci, first, last) | closed_days_of_territory(epci, first, last),
    )
