"""The dates on which a visit of an EPCI is better not held: school holidays of its zone, bridges, eves."""

from __future__ import annotations

import datetime as dt

from escale.apps.territory.catalogue import HOLIDAY_AREA
from escale.apps.territory.models import Epci, SchoolHoliday
from escale.apps.territory.queries import service_windows, value_of
from escale.core.calendar.fragile import ONE_DAY, NamedPeriod, fragile_dates
from escale.core.calendar.holidays import holidays_of


def fragile_days(epci: Epci, first: dt.date, last: dt.date) -> dict[dt.date, str]:
    """Return the fragile service days of a period, both ends included, each with its short French reason."""
    area = value_of(epci, HOLIDAY_AREA)
    years = range((first - ONE_DAY).year, (last + ONE_DAY).year + 1)
    known = {day: name for year in years for day, name in holidays_of(year, area).items()}
    found = fragile_dates(first, last, holidays=known, periods=school_periods(epci, first, last))
    served = {window.weekday for window in service_windows(epci)}
    return {day: reason for day, reason in found.items() if day.weekday() in served}


def school_periods(epci: Epci, first: dt.date, last: dt.date) -> list[NamedPeriod]:
    """Return the school holidays of an EPCI that reach into a period."""
    rows = SchoolHoliday.objects.filter(epci=epci, ends__isnull=False, starts__isnull=False).between(first, last)
    return [NamedPeriod(name=row.name, starts=row.starts, ends=row.ends) for row in rows]
