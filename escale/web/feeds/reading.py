"""What stands in the calendar of a key: the published visits of a commune, a mediator or a territory, or its deadlines."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, Q

from escale.apps.messaging.feeds import Audience
from escale.apps.messaging.models import FeedToken
from escale.apps.team.models import Mediator
from escale.apps.team.permanences import PermanenceDay, permanence_days, permanences_of_mediator
from escale.apps.territory import clock
from escale.apps.territory.models import Commune
from escale.apps.visits.models import Visit, VisitQuerySet
from escale.web.feeds.calendars import calendar_of
from escale.web.feeds.deadlines import deadlines_calendar
from escale.web.stops import stops_of

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


def _visits_of(token: FeedToken) -> FeedContent | None:
    epci, since = token.epci, dt.date(clock.today(token.epci).year - 1, 1, 1)
    visits, permanences = Visit.objects.filter(epci=epci).from_day(since), list[PermanenceDay]()
    until = clock.today(epci) + AHEAD
    match Audience(token.audience):
        case Audience.COMMUNE:
            commune = Commune.objects.filter(code=token.subject).first()
            if commune is None:
                return None
            name, visits = f"{epci.service_name} {commune.place_name.at}", visits.filter(commune=commune)
        case Audience.MEDIATOR:
            mediator = Mediator.objects.filter(epci=epci, pk=int(token.subject)).first()
            if mediator is None:
                return None
            name, visits = f"{epci.service_name}, {mediator.first_name}", _of_mediator(visits, mediator)
            permanences = permanences_of_mediator(mediator, since, until)
        case _:
            name = f"{epci.service_name}, {epci}"
            permanences = [one for one in permanence_days(epci, since, until) if one.mediator]
    stops = stops_of(visits)
    return FeedContent(
        body=calendar_of(epci, stops, name=name, private=token.audience == Audience.MEDIATOR, permanences=permanences),
        changed_at=max((stop.visit.changed_at for stop in stops), default=None),
    )


def _of_mediator(visits: VisitQuerySet, mediator: Mediator) -> VisitQuerySet:
    """Return the visits of the posts that someone holds on the day: the one who follows inherits the rest."""
    held = Q(post__occupancies__starts__lte=F("date")) & (
        Q(post__occupancies__ends__isnull=True) | Q(post__occupancies__ends__gte=F("date"))
    )
    return visits.filter(held, post__occupancies__mediator=mediator)
