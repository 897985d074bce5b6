"""What a mediator reads: the day with its stops, and the days that come, in the posts that they hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import groupby
from operator import or_

from django.db.models import Q

from escale.apps.schedule.queries import reduced_service_on
from escale.apps.team.models import Occupancy
from escale.apps.territory import clock
from escale.apps.territory.dated import Dated
from escale.apps.territory.models import Commune, KeyHolder, Referent
from escale.apps.visits.models import Visit, VisitQuerySet
from escale.web.journeys import Visitor
from escale.web.stops import Stop, stops_of

WEEKS_SHOWN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldStop:
    """A stop of the day: who opens, and whom to call."""

    stop: Stop
    key_holders: Sequence[KeyHolder]
    referents: Sequence[Referent]


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day on the road, from the base and back."""

    date: dt.date
    base: Commune | None
    stops: Sequence[FieldStop]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldHome:
    """The first page of a mediator: today, else the next day on the road."""

    today: dt.date
    day: Day | None
    changes: Sequence[Stop]
    reduced: str

    @property
    def is_today(self) -> bool:
        """Whether the day shown is today."""
        return self.day is not None and self.day.date == self.today


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """The stops of a week, day by day; the week is named by its Monday."""

    monday: dt.date
    days: Sequence[tuple[dt.date, Sequence[Stop]]]


def field_home(visitor: Visitor, today: dt.date | None = None) -> FieldHome:
    """Return the day that a mediator has to know of, and what changed around it, as it is read today or on a given day."""
    today = today or clock.today(visitor.epci)
    mine = _visits_of(visitor)
    first = mine.standing().from_day(today).values_list("date", flat=True).first()
    changed = stops_of(mine.awaited_from(today))
    return FieldHome(
        today=today,
        day=None if first is None else _day(visitor, mine, first),
        changes=[stop for stop in changed if stop.changes_soon(today)],
        reduced=reduced_service_on(visitor.epci, today),
    )


def coming_weeks(visitor: Visitor) -> list[Week]:
    """Return the stops of the weeks that come, the first of them that of the next stop."""
    coming = _visits_of(visitor).standing().from_day(clock.today(visitor.epci))
    first = coming.values_list("date", flat=True).first()
    if first is None:
        return []
    stops = stops_of(coming.filter(date__lt=_monday(first) + dt.timedelta(weeks=WEEKS_SHOWN)))
    return [
        Week(monday=week, days=[(day, list(some)) for day, some in groupby(of_week, key=lambda stop: stop.date)])
        for week, of_week in groupby(stops, key=lambda stop: _monday(stop.date))
    ]


def _visits_of(visitor: Visitor) -> VisitQuerySet:
    """Return the visits of the posts that the person holds, while they hold them."""
    held = Occupancy.objects.filter(mediator__user=visitor.user, post__epci=visitor.epci)
    mine = reduce(or_, [Q(post=row.post_id) & _while(row) for row in held], Q(pk__in=[]))
    return Visit.objects.visible_to(visitor.user).filter(mine)


def _while(row: Dated) -> Q:
    condition = Q()
    if row.starts:
        condition &= Q(date__gte=row.starts)
    if row.ends:
        condition &= Q(date__lte=row.ends)
    return condition


def _day(visitor: Visitor, mine: VisitQuerySet, day: dt.date) -> Day:
    stops = stops_of(mine.standing().between(day, day))
    places = [stop.place for stop in stops if stop.place]
    holders = list(KeyHolder.objects.visible_to(visitor.user).filter(premises__in=places).order_by("rank"))
    communes = [stop.commune for stop in stops]
    referents = list(Referent.objects.visible_to(visitor.user).filter(commune__in=communes).in_charge_on(day))
    return Day(
        date=day,
        base=stops[0].line.post.base,
        stops=[
            FieldStop(
                stop=stop,
                key_holders=[holder for holder in holders if stop.place and holder.premises_id == stop.place.pk],
                referents=[referent for referent in referents if referent.commune_id == stop.commune.pk],
            )
            for stop in stops
        ],
    )


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())
