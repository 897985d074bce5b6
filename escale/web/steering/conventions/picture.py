"""The life of a convention drawn to scale: its periods side by side, the notice of each, its stops, today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from escale.apps.conventions.models import Convention
from escale.apps.conventions.queries import certain_end, course_of
from escale.apps.conventions.sentences import period_name
from escale.core.calendar.french import date_words
from escale.core.convention.dates import ONE_DAY
from escale.core.convention.periods import Course, Period
from escale.web.steering.conventions.line import LifeStop

WIDTH, MARGIN = 1000, 14
WIDE_ENOUGH = 90
"""The narrowest band that holds a name."""

APART = 50
"""How far two years stand from each other to be read."""


class BandKind(StrEnum):
    """What a band is: the time before the effect, a period that runs or has run, one that will if nobody ends it, a notice."""

    BEFORE = "before"
    PERIOD = "period"
    TO_COME = "to-come"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A stretch of time."""

    x: int
    width: int
    kind: BandKind
    name: str

    @property
    def middle(self) -> int:
        """Where its name stands."""
        return self.x + self.width // 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A day: a stop, or the first one of a year."""

    x: int
    words: str
    is_past: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What is drawn, and what it says to those who do not see it."""

    width: int
    bands: Sequence[Band]
    stops: Sequence[Mark]
    years: Sequence[Mark]
    today: int
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    """Days as places on the line."""

    first: dt.date
    last: dt.date

    def at(self, day: dt.date) -> int:
        held = min(max(day, self.first), self.last)
        return MARGIN + round((held - self.first).days / (self.last - self.first).days * (WIDTH - 2 * MARGIN))

    def band(self, start: dt.date, end: dt.date, kind: BandKind, name: str = "") -> Band:
        x = self.at(start)
        width = max(self.at(end) - x, 1)
        return Band(x=x, width=width, kind=kind, name=name if width >= WIDE_ENOUGH else "")


def picture_of(convention: Convention, stops: Sequence[LifeStop], on: dt.date) -> Picture | None:
    """Return the life that these stops tell as a picture; None where nothing lasts yet."""
    course = course_of(convention, on)
    if course is None or len(stops) < 2 or stops[0].day == stops[-1].day:
        return None
    scale = _Scale(first=stops[0].day, last=stops[-1].day)
    end = certain_end(convention)
    periods = list(_periods(course, scale.last, end[0] if end else None))
    return Picture(
        width=WIDTH,
        bands=[*_before(course, scale), *(band for period, last in periods for band in _bands(period, last, scale, on))],
        stops=[Mark(x=scale.at(stop.day), words="", is_past=stop.is_past) for stop in stops if not stop.is_now],
        years=[Mark(x=scale.at(day), words=str(day.year)) for day in _new_years(scale)],
        today=scale.at(on),
        description=_described(periods, scale),
    )


def _periods(course: Course, until: dt.date, end: dt.date | None) -> Iterator[tuple[Period, dt.date]]:
    """Yield the periods that the picture shows, each with its last day in it."""
    number, last = 0, until if end is None else min(until, end)
    while course.last_number is None or number <= course.last_number:
        period = course.period(number)
        if period.start > last:
            return
        yield period, min(period.end, last)
        number += 1


def _before(course: Course, scale: _Scale) -> Iterator[Band]:
    if scale.first < course.effect:
        yield scale.band(scale.first, course.effect, BandKind.BEFORE, "préparation")


def _bands(period: Period, last: dt.date, scale: _Scale, on: dt.date) -> Iterator[Band]:
    kind = BandKind.PERIOD if period.start <= on else BandKind.TO_COME
    yield scale.band(period.start, last + ONE_DAY, kind, period_name(period))
    if period.start <= period.last_day_to_denounce < last:
        yield scale.band(period.last_day_to_denounce + ONE_DAY, last + ONE_DAY, BandKind.NOTICE)


def _new_years(scale: _Scale) -> Iterator[dt.date]:
    """Yield the first day that is shown, whose year is told too, then the first day of each year that is far enough from it."""
    yield scale.first
    for year in range(scale.first.year + 1, scale.last.year + 1):
        day = dt.date(year, 1, 1)
        if scale.at(day) - MARGIN >= APART:
            yield day


def _described(periods: Sequence[tuple[Period, dt.date]], scale: _Scale) -> str:
    told = " ; ".join(f"{period_name(period)}, du {date_words(period.start)} au {date_words(last)}" for period, last in periods)
    return f"Du {date_words(scale.first)} au {date_words(scale.last)} : {told}. La liste qui suit donne chaque date."
