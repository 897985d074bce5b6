"""What stands in a calendar: the published visits of a commune, a mediator or a territory, or its deadlines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Q

from escale.apps.messaging.feeds import Audience
from escale.apps.messaging.models import FeedToken
from escale.apps.team.models import Mediator
from escale.apps.team.permanences import PermanenceDay, permanence_days, permanences_of_mediator
from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.models import Visit, VisitQuerySet
from escale.web.feeds.calendars import calendar_of
from escale.web.feeds.deadlines import deadlines_calendar
from escale.web.stops import Stop, stops_of

AHEAD = dt.timedelta(days=366)
"""How far the permanences are written: they have no end of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedContent:
    """A calendar, and the last change that it tells; None when it tells of nothing."""

    body: bytes
    changed_at: dt.datetime | None


def content_of(token: FeedToken) -> FeedContent | None:
    """Return the calendar of a key; None when what it shows is no more."""
    if token.audience == Audience.DEADLINES:
        body, changed_at = deadlines_calendar(token.epci, clock.today(token.epci), token.created_at)
        return FeedContent(body=body, changed_at=changed_at)
    return _visits_of(token)


def commune_calendar(epci: Epci, commune: Commune) -> FeedContent:
    """Return the calendar of a commune."""
    stops = stops_of(Visit.objects.filter(epci=epci, commune=commune).from_day(_since(epci)))
    return _content([epci], stops, name=f"{epci.service_name} {commune.place_name.at}")


def territory_calendar(epcis: Sequence[Epci]) -> FeedContent:
    """Return the calendar of one territory, or of several together."""
    first = epcis[0]
    stops = stops_of(Visit.objects.filter(epci__in=epcis).from_day(_since(first)))
    permanences = [
        one
        for epci in epcis
        for one in permanence_days(epci, _since(epci), clock.today(epci) + AHEAD)
        if one.mediator is not None
    ]
    name = f"{first.service_name}, {first}" if len(epcis) == 1 else first.service_name
    return _content(epcis, stops, name=name, permanences=permanences)


def _visits_of(token: FeedToken) -> FeedContent | None:
    epci = token.epci
    match Audience(token.audience):
        case Audience.COMMUNE:
            commune = Commune.objects.filter(code=token.subject).first()
            return commune_calendar(epci, commune) if commune else None
        case Audience.MEDIATOR:
            mediator = Mediator.objects.filter(epci=epci, pk=int(token.subject)).first()
            return _mediator_calendar(epci, mediator) if mediator else None
        case _:
            return territory_calendar([epci])


def _mediator_calendar(epci: Epci, mediator: Mediator) -> FeedContent:
    since, until = _since(epci), clock.today(epci) + AHEAD
    stops = stops_of(_of_mediator(Visit.objects.filter(epci=epci).from_day(since), mediator))
    name = f"{epci.service_name}, {mediator.first_name}"
    return _content([epci], stops, name=name, private=True, permanences=permanences_of_mediator(mediator, since, until))


def _content(
    epcis: Sequence[Epci],
    stops: Sequence[Stop],
    *,
    name: str,
    private: bool = False,
    permanences: Sequence[PermanenceDay] = (),
) -> FeedContent:
    return FeedContent(
        body=calendar_of(epcis, stops, name=name, private=private, permanences=permanences),
        changed_at=max((stop.visit.changed_at for stop in stops), default=None),
    )


def _since(epci: Epci) -> dt.date:
    """Return the first day that is told: an agenda that forgot a year is told of it again."""
    return dt.date(clock.today(epci).year - 1, 1, 1)


def _of_mediator(visits: VisitQuerySet, mediator: Mediator) -> VisitQuerySet:
    """Return the visits of the posts that someone holds on the day: the one who follows inherits the rest."""
    held = Q(post__occupancies__starts__lte=F("date")) & (
        Q(post__occupancies__ends__isnull=True) | Q(post__occupancies__ends__gte=F("date"))
    )
    return visits.filter(held, post__occupancies__mediator=mediator)
