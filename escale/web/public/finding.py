"""Find the commune that someone means: by its name, by its postal code, and the nearest names when there is none."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from escale.apps.schedule.queries import reduced_service_on
from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.names import normalised
from escale.apps.visits.models import Visit
from escale.web.stops import Stop, stops_of

LONGEST_SEARCH = 60
"""The longest name of a commune of France has 45 signs."""
NEAREST_SHOWN = 4
LISTED_AT_ONCE = 400
"""Above this, nobody reads a list: whoever comes is asked for a name first."""
SHORT = {"st": "saint", "ste": "sainte"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CommuneLine:
    """A commune and its next visit; None while no date is published."""

    commune: Commune
    stop: Stop | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A service as residents know it: its name, who runs it, and the communes that were asked for."""

    epci: Epci
    reduced: str
    lines: Sequence[CommuneLine]
    count: int

    @property
    def name(self) -> str:
        """How the EPCI calls the service."""
        return self.epci.service_name

    @property
    def run_by(self) -> str:
        """Who runs it."""
        return self.epci.name

    @property
    def has_dates(self) -> bool:
        """Whether at least one of these communes has a date."""
        return any(line.stop for line in self.lines)


def searched(words: str) -> str:
    """Return what was typed as names are searched: « St-Amand » is « saint amand »."""
    return " ".join(SHORT.get(word, word) for word in normalised(words[:LONGEST_SEARCH]).split())


def find_services(words: str, siren: str = "") -> list[Service]:
    """Return each service, or the one of a SIREN, with its communes of today that answer to the words."""
    epcis = Epci.objects.filter(siren=siren) if siren else Epci.objects.all()
    found = searched(words)
    known = [(epci, _communes(epci)) for epci in epcis]
    is_long = sum(len(communes) for _, communes in known) > LISTED_AT_ONCE
    return [
        _service(epci, communes, [] if is_long and not found else [each for each in communes if _answers(each, found)])
        for epci, communes in known
    ]


def nearest_communes(words: str) -> list[Commune]:
    """Return the communes whose name is the nearest to what was typed, the best first."""
    found = searched(words)
    if not found:
        return []
    known = {commune.search: commune for epci in Epci.objects.all() for commune in _communes(epci)}
    return [known[name] for name in difflib.get_close_matches(found, known, n=NEAREST_SHOWN, cutoff=0.5)]


def _communes(epci: Epci) -> list[Commune]:
    today = clock.today(epci)
    return list(Commune.objects.served_in(epci, today, today).defer("outline"))


def _answers(commune: Commune, found: str) -> bool:
    return found in commune.postal_codes or all(word in commune.search for word in found.split())


def _service(epci: Epci, known: Sequence[Commune], asked: Sequence[Commune]) -> Service:
    today = clock.today(epci)
    stops = {stop.commune.pk: stop for stop in _next_stops(epci, asked, today)}
    # A former commune is there as long as help comes to it.
    shown = [commune for commune in asked if commune.merged_into_id is None or commune.pk in stops]
    return Service(
        epci=epci,
        reduced=reduced_service_on(epci, today),
        lines=[CommuneLine(commune=commune, stop=stops.get(commune.pk)) for commune in shown],
        count=len(known),
    )


def _next_stops(epci: Epci, communes: Sequence[Commune], today: dt.date) -> list[Stop]:
    """Return the next visit of each commune that has one."""
    coming = Visit.objects.filter(epci=epci, commune=OuterRef("pk")).standing().from_day(today)
    of_communes = Commune.objects.filter(pk__in=[commune.pk for commune in communes])
    first = of_communes.annotate(visit=Subquery(coming.values("pk")[:1])).values("visit")
    return stops_of(Visit.objects.filter(pk__in=first))
