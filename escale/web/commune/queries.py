"""What a town hall reads of its visits: the next one with whoever comes, and the dates of a year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from escale.apps.schedule.models import AnnexedPattern
from escale.apps.schedule.queries import reduced_service_on
from escale.apps.territory import clock
from escale.apps.territory.models import KeyHolder
from escale.apps.visits.models import Visit, VisitQuerySet
from escale.core.calendar.months import nth_of_month
from escale.core.planning.agreed import usual_words
from escale.web.journeys import Visitor
from escale.web.stops import Stop, stops_of

FOLLOWING_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class NextVisit:
    """The next visit of a commune, and who opens."""

    stop: Stop
    key_holders: Sequence[KeyHolder]
    is_usual: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CommuneHome:
    """The first page of a town hall."""

    next: NextVisit | None
    following: Sequence[Stop]
    changes: Sequence[Stop]
    usual: str
    reduced: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DateLine:
    """A date of the year: over or still to come, on the usual day or not."""

    stop: Stop
    is_over: bool
    is_usual: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CommuneDates:
    """The dates of a commune in a year, and the years that have some."""

    year: int
    years: Sequence[int]
    lines: Sequence[DateLine]
    usual: str

    @property
    def coming(self) -> list[DateLine]:
        """The dates of today and later."""
        return [line for line in self.lines if not line.is_over]

    @property
    def over(self) -> list[DateLine]:
        """The dates that are past."""
        return [line for line in self.lines if line.is_over]


def commune_home(visitor: Visitor) -> CommuneHome:
    """Return what a town hall has to know today."""
    today = clock.today(visitor.epci)
    stops = stops_of(_visits_of(visitor).awaited_from(today))
    coming = [stop for stop in stops if stop.date >= today and not stop.is_cancelled]
    usual = _usual_on(visitor, today)
    return CommuneHome(
        next=_next(visitor, coming[0], usual) if coming else None,
        following=coming[1 : 1 + FOLLOWING_SHOWN],
        changes=[stop for stop in stops if stop.changes_soon(today)],
        usual=_words_of(usual),
        reduced=reduced_service_on(visitor.epci, today),
    )


def commune_dates(visitor: Visitor, year: int | None) -> CommuneDates:
    """Return the dates of a year: the one asked for, else this one, else the first that has some."""
    today = clock.today(visitor.epci)
    years = [day.year for day in _visits_of(visitor).dates("date", "year")]
    shown = year or (today.year if today.year in years or not years else years[-1])
    of_year = _visits_of(visitor).between(dt.date(shown, 1, 1), dt.date(shown, 12, 31))
    usual = _usual_on(visitor, dt.date(shown, 12, 31))
    return CommuneDates(
        year=shown,
        years=years,
        lines=[DateLine(stop=stop, is_over=stop.date < today, is_usual=_is_usual(stop, usual)) for stop in stops_of(of_year)],
        usual=_words_of(usual),
    )


def usual_day(visitor: Visitor, day: dt.date) -> str:
    """Return the usual day of a commune in words, empty while none is agreed."""
    return _words_of(_usual_on(visitor, day))


def _visits_of(visitor: Visitor) -> VisitQuerySet:
    return Visit.objects.visible_to(visitor.user).filter(epci=visitor.epci, commune=visitor.commune)


def _next(visitor: Visitor, stop: Stop, usual: AnnexedPattern | None) -> NextVisit:
    holders = KeyHolder.objects.visible_to(visitor.user).filter(premises=stop.place)
    return NextVisit(
        stop=stop,
        key_holders=list(holders.order_by("rank")),
        is_usual=_is_usual(stop, usual),
    )


def _usual_on(visitor: Visitor, day: dt.date) -> AnnexedPattern | None:
    agreed = AnnexedPattern.objects.visible_to(visitor.user).filter(epci=visitor.epci, commune=visitor.commune)
    return agreed.in_force_on(day).first()


def _is_usual(stop: Stop, usual: AnnexedPattern | None) -> bool:
    return usual is None or (nth_of_month(stop.date), stop.visit.window) == (usual.nth, usual.window)


def _words_of(usual: AnnexedPattern | None) -> str:
    return "" if usual is None else usual_words(usual.nth, usual.window)
