"""What the public pages read; no actor is asked, so only what may be known by all comes out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from escale.apps.schedule.queries import reduced_service_on
from escale.apps.territory import clock
from escale.apps.territory.catalogue import ROAD_FACTOR
from escale.apps.territory.earth import hectometres
from escale.apps.territory.models import Commune, Epci, Mairie
from escale.apps.territory.queries import NearRelay, mairie_of, relays_near, value_of
from escale.apps.visits.models import Visit
from escale.web.stops import Stop, stops_of

DATES_SHOWN = 6
NEIGHBOURS_SHOWN = 4
RELAYS_SHOWN = 4
NEAR_HECTOMETRES = 150
"""By road: further away is no neighbour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommuneLine:
    """A commune and its next visit; None while no date is published."""

    commune: Commune
    stop: Stop | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A service as residents know it: its name, who runs it, and the communes that were asked for."""

    name: str
    run_by: str
    reduced: str
    lines: Sequence[CommuneLine]

    @property
    def has_dates(self) -> bool:
        """Whether at least one of these communes has a date."""
        return any(line.stop for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """The next visit of a commune nearby; the kilometres are None when they are not known."""

    stop: Stop
    kilometres: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunePage:
    """What a resident asks of a commune: when, what changed, and where else."""

    commune: Commune
    epci: Epci
    stops: Sequence[Stop]
    changes: Sequence[Stop]
    neighbours: Sequence[Neighbour]
    mairie: Mairie | None
    relays: Sequence[NearRelay]
    reduced: str

    @property
    def next(self) -> Stop | None:
        """The next visit."""
        return self.stops[0] if self.stops else None


def find_services(words: str) -> list[Service]:
    """Return each service with its communes of today whose name holds the words, sorted without their article."""
    return [_service(epci, words) for epci in Epci.objects.all()]


def _service(epci: Epci, words: str) -> Service:
    today = clock.today(epci)
    communes = list(Commune.objects.served_in(epci, today, today).matching(words))
    stops = {stop.commune.pk: stop for stop in _next_stops(epci, communes, today)}
    # A former commune is there as long as help comes to it.
    communes = [commune for commune in communes if commune.merged_into_id is None or commune.pk in stops]
    return Service(
        name=epci.service_name,
        run_by=epci.name,
        reduced=reduced_service_on(epci, today),
        lines=[CommuneLine(commune=commune, stop=stops.get(commune.pk)) for commune in communes],
    )


def commune_page(commune: Commune, epci: Epci) -> CommunePage:
    """Return the visits of a commune from today on, what changed in them, and earlier ones nearby."""
    today = clock.today(epci)
    stops = stops_of(Visit.objects.filter(epci=epci, commune=commune).awaited_from(today))
    coming = [stop for stop in stops if not stop.is_cancelled and stop.date >= today]
    return CommunePage(
        commune=commune,
        epci=epci,
        stops=coming[:DATES_SHOWN],
        changes=[stop for stop in stops if stop.changes_soon(today)],
        neighbours=_neighbours(epci, commune, today, coming[0].date if coming else None),
        mairie=mairie_of(commune),
        relays=relays_near(commune, count=RELAYS_SHOWN),
        reduced=reduced_service_on(epci, today),
    )


def _next_stops(epci: Epci, communes: Sequence[Commune], today: dt.date) -> list[Stop]:
    """Return the next visit of each commune that has one."""
    coming = Visit.objects.filter(epci=epci, commune=OuterRef("pk")).standing().from_day(today)
    of_communes = Commune.objects.filter(pk__in=[commune.pk for commune in communes])
    first = of_communes.annotate(visit=Subquery(coming.values("pk")[:1])).values("visit")
    return stops_of(Visit.objects.filter(pk__in=first))


def _neighbours(epci: Epci, commune: Commune, today: dt.date, before: dt.date | None) -> list[Neighbour]:
    """Return the nearest communes where help comes earlier, in the order of time."""
    others = Commune.objects.served_in(epci, today, today).exclude(pk=commune.pk)
    earlier = [stop for stop in _next_stops(epci, list(others), today) if before is None or stop.date < before]
    factor = value_of(epci, ROAD_FACTOR)
    road = {
        stop.commune.pk: hectometres(commune.position, stop.commune.position, factor)
        for stop in earlier
        if commune.position and stop.commune.position
    }
    near = [stop for stop in earlier if road.get(stop.commune.pk, 0) <= NEAR_HECTOMETRES]
    # Without a position nothing says what is near: the soonest come first.
    nearest = sorted(near, key=lambda stop: (road.get(stop.commune.pk, 0), stop.date))[:NEIGHBOURS_SHOWN]
    return [
        Neighbour(stop=stop, kilometres=_kilometres(road.get(stop.commune.pk)))
        for stop in sorted(nearest, key=lambda stop: (stop.date, stop.visit.half))
    ]


def _kilometres(hundreds: int | None) -> int | None:
    return None if hundreds is None else max(1, round(hundreds / 10))
