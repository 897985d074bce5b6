"""What a mediator reads: the day with its stops, and the days that come, in the posts that they hold."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Self

from escale.apps.schedule.queries import reduced_service_on
from escale.apps.team.models import Mediator
from escale.apps.team.permanences import PermanenceDay, permanences_of_mediator
from escale.apps.territory import clock
from escale.core.calendar.hours import Hours
from escale.web.field.day import FieldDay, day_at
from escale.web.field.mine import visits_of
from escale.web.field.points import points_of
from escale.web.journeys import Visitor
from escale.web.stops import Stop, stops_of

WEEKS_SHOWN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldHome:
    """The first page of a mediator: today, else the next day on the road."""

    today: dt.date
    day: FieldDay | None
    changes: Sequence[Stop]
    permanences: Sequence[PermanenceDay]
    points: int
    reduced: str

    @property
    def is_today(self) -> bool:
        """Whether the day shown is today."""
        return self.day is not None and self.day.date == self.today

    @property
    def permanences_today(self) -> list[PermanenceDay]:
        """The permanences of today."""
        return [one for one in self.permanences if one.date == self.today]

    @property
    def permanences_then(self) -> list[PermanenceDay]:
        """Those of the next day on the road, when that is not today."""
        return [one for one in self.permanences if self.day is not None and one.date == self.day.date != self.today]

    @property
    def changes_now(self) -> list[Stop]:
        """What is no longer today, or is today after all."""
        return [stop for stop in self.changes if self.today in (stop.visit.date, stop.visit.origin_date)]

    @property
    def changes_later(self) -> list[Stop]:
        """What changes on the days that come."""
        return [stop for stop in self.changes if self.today not in (stop.visit.date, stop.visit.origin_date)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a day, in a commune or in a médiathèque, as a list of days shows it."""

    hours: Hours
    title: str
    where: str
    was_moved: bool = False

    @classmethod
    def of_stop(cls, stop: Stop) -> Self:
        """Return a half-day in a commune."""
        return cls(hours=stop.hours, title=str(stop.commune), where=stop.place_words, was_moved=stop.visit.was_moved)

    @classmethod
    def of_permanence(cls, one: PermanenceDay) -> Self:
        """Return a permanence."""
        row = one.permanence
        where = ", ".join(part for part in (row.place, str(row.commune), row.address) if part)
        return cls(hours=one.hours, title="Permanence", where=where)


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """The days of a week, each in the order of its hours; the week is named by its Monday."""

    monday: dt.date
    days: Sequence[tuple[dt.date, Sequence[Part]]]


def field_home(visitor: Visitor, today: dt.date | None = None) -> FieldHome:
    """Return the day that a mediator has to know of, and what changed around it, as it is read today or on a given day."""
    today = today or clock.today(visitor.epci)
    awaited = visits_of(visitor).awaited_from(today)
    first = awaited.standing().filter(date__gte=today).values_list("date", flat=True).first()
    shown = [first] if first else []
    stops = stops_of(awaited.filter(date__in=shown) | awaited.changed())
    that_day = [stop for stop in stops if stop.date == first and not stop.is_cancelled]
    return FieldHome(
        today=today,
        day=day_at(visitor, first, that_day) if first else None,
        changes=[stop for stop in stops if stop.changes_soon(today)],
        permanences=_permanences(visitor, today, first or today),
        points=points_of(visitor).unanswered().count(),
        reduced=reduced_service_on(visitor.epci, today),
    )


def coming_weeks(visitor: Visitor) -> list[Week]:
    """Return the stops and the permanences of the weeks that come, the first of them that of the next stop."""
    today = clock.today(visitor.epci)
    coming = visits_of(visitor).standing().from_day(today)
    first = coming.values_list("date", flat=True).first()
    until = _monday(first or today) + dt.timedelta(weeks=WEEKS_SHOWN)
    parts: defaultdict[dt.date, list[Part]] = defaultdict(list)
    for stop in stops_of(coming.filter(date__lt=until)):
        parts[stop.date].append(Part.of_stop(stop))
    for one in _permanences(visitor, first or today, until - dt.timedelta(days=1)):
        parts[one.date].append(Part.of_permanence(one))
    days = [(day, sorted(parts[day], key=lambda part: part.hours.starts)) for day in sorted(parts)]
    return [Week(monday=week, days=list(some)) for week, some in groupby(days, key=lambda day: _monday(day[0]))]


def _permanences(visitor: Visitor, first: dt.date, last: dt.date) -> list[PermanenceDay]:
    mediator = (
        Mediator.objects.visible_to(visitor.user).filter(epci=visitor.epci, user=visitor.user).select_related("epci").first()
    )
    return permanences_of_mediator(mediator, first, last) if mediator else []


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())
