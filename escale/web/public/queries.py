"""What the page of a commune says; no actor is asked, so only what may be known by all comes out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from escale.apps.booking.actions.asking import takes_calls_only
from escale.apps.booking.agenda import agendas
from escale.apps.schedule.models import Publication
from escale.apps.schedule.queries import endings, reduced_service_on
from escale.apps.territory import clock
from escale.apps.territory.catalogue import ROAD_FACTOR
from escale.apps.territory.earth import hectometres
from escale.apps.territory.models import Commune, Epci, Mairie
from escale.apps.territory.queries import NearRelay, epci_of, mairie_of, relays_near, value_of
from escale.apps.visits.models import Visit
from escale.web.stops import Stop, stops_of

DATES_SHOWN = 4
NEIGHBOURS_SHOWN = 6
RELAYS_SHOWN = 4
NEAR_HECTOMETRES = 150
"""By road: further away is no neighbour."""
MONTH = dt.timedelta(days=31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """The next visit of a commune nearby; the kilometres are None when they are not known."""

    stop: Stop
    kilometres: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """How many individual appointments a visit has, and how many can still be asked for; never whose the others are."""

    free: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunePage:
    """What a resident asks of a commune: when, what changed, and where else.

    `coming` are the dates from today on that stand; `places` those of the next one, None while it takes no appointment;
    `ended_on` is the last day of a convention that is over.
    """

    commune: Commune
    epci: Epci
    today: dt.date
    coming: Sequence[Stop]
    places: Places | None
    changes: Sequence[Stop]
    earlier: Sequence[Neighbour]
    later: Sequence[Neighbour]
    mairie: Mairie | None
    relays: Sequence[NearRelay]
    reduced: str
    is_published: bool
    ended_on: dt.date | None
    takes_requests: bool

    @property
    def next(self) -> Stop | None:
        """The next visit."""
        return self.coming[0] if self.coming else None

    @property
    def others(self) -> Sequence[Stop]:
        """The visits after the next one; the page of the year has them all."""
        return self.coming[1:DATES_SHOWN]

    @property
    def has_phone(self) -> bool:
        """Whether the mairie can be called."""
        return self.mairie is not None and bool(self.mairie.phone)

    @property
    def is_for_all(self) -> bool:
        """Whether the people of other communes may come too."""
        return self.mairie is None or self.mairie.welcomes_neighbours


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPage:
    """All the dates of a commune from today on, those that were cancelled too, by calendar year."""

    commune: Commune
    epci: Epci
    years: Sequence[tuple[int, Sequence[Stop]]]
    mairie: Mairie | None

    @property
    def one_place(self) -> Stop | None:
        """A date that stands, when all that do are in one place: it is then told once."""
        standing = [stop for _, stops in self.years for stop in stops if not stop.is_cancelled]
        places = {(stop.place.pk, stop.place_words) if stop.place else None for stop in standing}
        return standing[0] if len(places) == 1 and None not in places else None


def served_by(commune: Commune) -> Epci | None:
    """Return who serves a commune today: help still comes to a former one, in the name of the commune nouvelle."""
    return epci_of((commune, *commune.became)[-1], clock.today())


def commune_page(commune: Commune, epci: Epci) -> CommunePage:
    """Return the visits of a commune from today on, what changed in them, and those nearby this month."""
    today = clock.today(epci)
    stops = stops_of(Visit.objects.filter(epci=epci, commune=commune).awaited_from(today))
    coming = [stop for stop in stops if not stop.is_cancelled and stop.date >= today]
    neighbours = _neighbours(epci, commune, today)
    return CommunePage(
        commune=commune,
        epci=epci,
        today=today,
        coming=coming,
        places=_places(coming[0]) if coming else None,
        changes=[stop for stop in stops if stop.changes_soon(today)],
        earlier=[each for each in neighbours if not coming or each.stop.date < coming[0].date],
        later=[each for each in neighbours if coming and each.stop.date >= coming[0].date],
        mairie=mairie_of(commune),
        relays=relays_near(commune, count=RELAYS_SHOWN),
        reduced=reduced_service_on(epci, today),
        is_published=bool(coming) or Publication.objects.filter(epci=epci).current().exists(),
        ended_on=None if coming else last_day_of_service(commune, today),
        takes_requests=not takes_calls_only(commune),
    )


def year_page(commune: Commune, epci: Epci) -> YearPage:
    """Return all the dates of a commune from today on."""
    stops = stops_of(Visit.objects.filter(epci=epci, commune=commune).from_day(clock.today(epci)))
    years = sorted({stop.date.year for stop in stops})
    return YearPage(
        commune=commune,
        epci=epci,
        years=[(year, [stop for stop in stops if stop.date.year == year]) for year in years],
        mairie=mairie_of(commune),
    )


def last_day_of_service(commune: Commune, today: dt.date) -> dt.date | None:
    """Return the last day on which a commune took part, when it no longer does nor will."""
    return endings([commune], today).get(commune.pk)


def _places(stop: Stop) -> Places | None:
    [agenda] = agendas([stop.line])
    return None if agenda.obstacle else Places(free=len(agenda.free), count=len(agenda.slots))


def _neighbours(epci: Epci, commune: Commune, today: dt.date) -> list[Neighbour]:
    """Return the visits of this month in the nearest communes that welcome their neighbours, in the order of time."""
    others = Commune.objects.served_in(epci, today, today).exclude(pk=commune.pk)
    welcoming = others.exclude(mairie__welcomes_neighbours=False).values("pk")
    month = Visit.objects.filter(epci=epci, commune__in=welcoming).standing().between(today, today + MONTH)
    factor = value_of(epci, ROAD_FACTOR)
    first: dict[int, tuple[int, int | None]] = {}
    for visit, key, *there in month.values_list("pk", "commune", "commune__latitude", "commune__longitude"):
        if key not in first:
            first[key] = visit, _road(commune.position, there, factor)
    # Without a position nothing says what is near: the soonest come first.
    near = sorted((road or 0, rank, visit) for rank, (visit, road) in enumerate(first.values()))
    chosen = [visit for road, _, visit in near if road <= NEAR_HECTOMETRES][:NEIGHBOURS_SHOWN]
    nearest = Visit.objects.filter(pk__in=chosen).order_by("date", "half", "post")
    return [Neighbour(stop=stop, kilometres=_kilometres(first[stop.commune.pk][1])) for stop in stops_of(nearest)]


def _road(here: tuple[float, float] | None, there: Sequence[float | None], factor: Decimal) -> int | None:
    latitude, longitude = there
    if here is None or latitude is None or longitude is None:
        return None
    return hectometres(here, (latitude, longitude), factor)


def _kilometres(hundreds: int | None) -> int | None:
    return None if hundreds is None else max(1, round(hundreds / 10))
