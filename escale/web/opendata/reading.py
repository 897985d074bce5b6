"""The EPCIs that are asked for, and the places where they come from today on: what several files tell of them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Max, Model
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from escale.apps.audit.models import Entry
from escale.apps.team.models import StructureHabilitation
from escale.apps.territory import clock
from escale.apps.territory.catalogue import EPCI_SIRET
from escale.apps.territory.models import Commune, Epci, Mairie, Premises
from escale.apps.territory.queries import values_of
from escale.apps.visits.models import Visit
from escale.core.calendar.months import Month
from escale.core.calendar.opening import monthly_hours
from escale.web.opendata.addresses import Address, international, read_address
from escale.web.stops import Stop, stops_of

YEAR = dt.timedelta(days=365)
NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)


def asked_epcis(siren: str) -> list[Epci]:
    """Return every EPCI, or the one of a SIREN. Raise Http404 for another one."""
    epcis = list(Epci.objects.filter(siren=siren) if siren else Epci.objects.all())
    if siren and not epcis:
        raise Http404
    return epcis


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPlace:
    """A place where someone comes on at least one published day: the next ones first, the hours when they come back."""

    premises: Premises
    epci: Epci
    siret: str
    is_habilitated: bool
    address: Address
    phone: str
    welcomes_neighbours: bool
    stops: Sequence[Stop]
    hours: str
    changed_at: dt.datetime

    @property
    def key(self) -> str:
        """What names it from one day to the next."""
        return place_key(self.premises.commune, self.premises)

    @property
    def commune(self) -> Commune:
        """The commune of its address: the commune nouvelle that the other one has become."""
        return (self.premises.commune, *self.premises.commune.became)[-1]

    @property
    def name(self) -> str:
        """« Mairie d’Oisy »."""
        commune = self.premises.commune
        return self.premises.name if str(commune) in self.premises.name else f"{self.premises.name} {commune.place_name.de}"

    @property
    def page(self) -> str:
        """The address of the page of the commune."""
        return page_of(self.premises.commune)

    @property
    def updated_on(self) -> dt.date:
        """The civil day of the last change."""
        return timezone.localdate(self.changed_at)


def place_key(commune: Commune, place: Premises) -> str:
    """Return what names a place in every file: the code of its commune, and its number."""
    return f"{commune.code}-{place.pk}"


def page_of(commune: Commune) -> str:
    """Return the whole address of the page of a commune."""
    path = reverse("public:commune", args=[commune.slug or commune.code])
    return f"{settings.ADDRESS.rstrip('/')}{path}"


def places_of(epcis: Sequence[Epci]) -> list[OpenPlace]:
    """Return the places where the service comes in the year to come, sorted as their communes are.

    As many questions to the database for one as for many.
    """
    today = {epci.pk: clock.today(epci) for epci in epcis}
    first = min(today.values(), default=dt.date.min)
    by_place = _stops_by_place(epcis, today, first)
    until = _published_until(by_place)
    communes = _communes(by_place)
    mairies = {mairie.commune_id: mairie for mairie in Mairie.objects.filter(commune__in=communes)}
    edited, siret = _edits(Premises, by_place), values_of(EPCI_SIRET)
    called = _edits(Mairie, mairies.values())
    habilitated = set(StructureHabilitation.objects.filter(epci__in=epcis).on(first).values_list("epci", flat=True))
    found = []
    for place, stops in by_place.items():
        place.commune = communes[place.commune_id]
        epci = stops[0].visit.epci
        mairie = mairies.get(place.commune_id)
        sessions = [(stop.date, stop.hours) for stop in stops]
        found.append(
            OpenPlace(
                premises=place,
                epci=epci,
                siret=siret(epci.pk),
                is_habilitated=epci.pk in habilitated,
                address=read_address(place.address, place.commune.postal_codes),
                phone=international(mairie.phone) if mairie else "",
                welcomes_neighbours=mairie is None or mairie.welcomes_neighbours,
                stops=stops,
                hours=monthly_hours(sessions, today[epci.pk], min(until[epci.pk], first + YEAR)),
                changed_at=max(
                    *(stop.visit.changed_at for stop in stops),
                    edited.get(place.pk, NEVER),
                    called.get(mairie.pk, NEVER) if mairie else NEVER,
                ),
            )
        )
    return sorted(found, key=lambda place: (place.premises.commune.sort_key, place.premises.rank, place.premises.pk))


def _stops_by_place(epcis: Sequence[Epci], today: Mapping[int, dt.date], first: dt.date) -> dict[Premises, list[Stop]]:
    found: defaultdict[Premises, list[Stop]] = defaultdict(list)
    if not epcis:
        return found
    for stop in stops_of(Visit.objects.filter(epci__in=epcis).standing().between(first, first + YEAR)):
        if stop.place is not None and stop.date >= today[stop.visit.epci_id]:
            found[stop.place].append(stop)
    return found


def _published_until(by_place: Mapping[Premises, Sequence[Stop]]) -> dict[int, dt.date]:
    """Return the end of the last month of the tour of each EPCI: nothing is promised after it."""
    found: dict[int, dt.date] = {}
    for stops in by_place.values():
        epci, last = stops[-1].visit.epci_id, Month.of(stops[-1].date).last
        found[epci] = max(last, found.get(epci, last))
    return found


def _communes(places: Iterable[Premises]) -> dict[int, Commune]:
    rows = Commune.objects.filter(pk__in={place.commune_id for place in places}).select_related("merged_into")
    return rows.defer("outline", "merged_into__outline").in_bulk()


def _edits(model: type[Model], rows: Iterable[Model]) -> dict[int, dt.datetime]:
    """Return when each row of a model was last changed, by its key, as far back as the log is kept."""
    keys = [str(row.pk) for row in rows]
    entries = Entry.objects.filter(subject_type=model._meta.label_lower, subject_id__in=keys).order_by()
    return {int(key): at for key, at in entries.values_list("subject_id").annotate(Max("at"))}
