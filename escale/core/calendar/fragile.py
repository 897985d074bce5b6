"""Fragile dates: half-days on which a hall is open but few people come or work, so that a visit is better elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from escale.core.calendar.french import day_month_words
from escale.core.calendar.halfdays import Weekday

ONE_DAY = dt.timedelta(days=1)
EVES = {(12, 24): "veille de Noël", (12, 31): "veille du jour de l’an"}
BRIDGES = {
    "Jour de l'an": "pont du jour de l’an",
    "Ascension": "pont de l’Ascension",
    "Toussaint": "pont de la Toussaint",
    "Noël": "pont de Noël",
}
"""The bridges that people call by the name of their holiday; the others bear its date: « pont du 14 juillet »."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPeriod:
    """Days that bear a name, both ends included: « vacances de Noël »."""

    name: str
    starts: dt.date
    ends: dt.date

    def __post_init__(self) -> None:
        if self.ends < self.starts:
            raise ValueError(f"« {self.name} » finit le {self.ends} avant de commencer le {self.starts}")


def fragile_dates(
    first: dt.date, last: dt.date, *, holidays: Mapping[dt.date, str], periods: Iterable[NamedPeriod]
) -> dict[dt.date, str]:
    """Return the fragile dates of a period, in order, each with one short French reason, the narrowest one first.

    `holidays` are the public ones by their names, those of the day before and after the period included: a bridge stands beside
    them. `periods` are the school holidays. Weekends and public holidays are not fragile: nothing can be planned there.
    """
    named = sorted(periods, key=lambda period: (period.starts, period.name))
    found = {}
    for day in _days(first, last):
        if day in holidays or _is_weekend(day):
            continue
        reason = EVES.get((day.month, day.day)) or _bridge(day, holidays) or _period_of(day, named)
        if reason:
            found[day] = reason
    return found


def _bridge(day: dt.date, holidays: Mapping[dt.date, str]) -> str:
    """Return the name of the bridge that a working day makes between two days off, at least one of them a holiday."""
    before, after = day - ONE_DAY, day + ONE_DAY
    if not all(beside in holidays or _is_weekend(beside) for beside in (before, after)):
        return ""
    holiday = before if before in holidays else after
    if holiday not in holidays:
        return ""
    # Two holidays on one day come with both names joined.
    called = (BRIDGES[name] for name in holidays[holiday].split("; ") if name in BRIDGES)
    return next(called, f"pont du {day_month_words(holiday)}")


def _period_of(day: dt.date, periods: Iterable[NamedPeriod]) -> str:
    name = next((period.name for period in periods if period.starts <= day <= period.ends), "")
    return name[:1].lower() + name[1:]


def _is_weekend(day: dt.date) -> bool:
    return day.weekday() >= Weekday.SAT


def _days(first: dt.date, last: dt.date) -> Iterable[dt.date]:
    return (first + dt.timedelta(days=number) for number in range((last - first).days + 1))
