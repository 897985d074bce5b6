"""School holidays of a zone as the package vacances-scolaires-france knows them: nothing beyond its data is ever guessed."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from importlib.metadata import version

from escale.apps.territory.areas import SchoolZone
from escale.core.calendar.fragile import ONE_DAY, NamedPeriod

PACKAGE = "vacances-scolaires-france"
ZONES = frozenset({SchoolZone.A, SchoolZone.B, SchoolZone.C})
"""The zones of the package: Corse and overseas have calendars of their own, which are typed by hand."""


def source() -> str:
    """Return where the dates come from, as a screen tells it."""
    return f"{PACKAGE} {version(PACKAGE)}, d’après le calendrier de l’Éducation nationale"


def known_holidays(zone: SchoolZone, first_year: int, last_year: int) -> list[NamedPeriod]:
    """Return the school holidays that meet some civil years, both included; those that begin the year before are whole."""
    first, last = dt.date(first_year, 1, 1), dt.date(last_year, 12, 31)
    return [period for period in _holidays(zone) if period.starts <= last and period.ends >= first]


def known_until(zone: SchoolZone) -> dt.date | None:
    """Return the last day that the package knows of a zone; None for a zone that it does not know."""
    return max((period.ends for period in _holidays(zone)), default=None)


@lru_cache(maxsize=len(SchoolZone))
def _holidays(zone: SchoolZone) -> tuple[NamedPeriod, ...]:
    if zone not in ZONES:
        return ()
    # Imported here: it reads forty years of dates, which only this screen needs.
    from vacances_scolaires_france import SchoolHolidayDates

    data = SchoolHolidayDates()
    named: dict[dt.date, str] = {
        day: row["nom_vacances"].replace("'", "’")
        for year in range(data.min_year, data.max_year + 1)
        for day, row in data.holidays_for_year_and_zone(year, zone.value).items()
    }
    return tuple(_runs(named))


def _runs(named: dict[dt.date, str]) -> list[NamedPeriod]:
    """Return the periods that consecutive days of one name make."""
    found: list[NamedPeriod] = []
    for day, name in sorted(named.items()):
        before = found[-1] if found else None
        if before is not None and (before.name, before.ends) == (name, day - ONE_DAY):
            found[-1] = NamedPeriod(name=name, starts=before.starts, ends=day)
        else:
            found.append(NamedPeriod(name=name, starts=day, ends=day))
    return found
