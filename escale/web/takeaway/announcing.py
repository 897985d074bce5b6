"""What a commune announces of its coming dates on paper: read for one commune, or for all with as many questions."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from escale.apps.documents.logos import logos_of
from escale.apps.schedule.queries import endings
from escale.apps.territory.models import Commune, Epci, Mairie
from escale.apps.visits.models import Visit
from escale.core.documents.tree import Picture
from escale.web.stops import Stop, stops_of

DATES_TOLD = 12
"""A year of dates fits on a poster that is read from afar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """The coming dates of a commune, what changed in those that are near, whom to call, and since when all this holds.

    `ended_on` is the last day of a convention that is over; `logos` are those of the EPCI and of the commune, if they have one.
    """

    epci: Epci
    commune: Commune
    mairie: Mairie | None
    stops: Sequence[Stop]
    changes: Sequence[Stop]
    ended_on: dt.date | None
    holds_from: dt.date
    printed_on: dt.date
    logos: Sequence[Picture]

    @property
    def next(self) -> Stop | None:
        """The next visit; None while there is none."""
        return self.stops[0] if self.stops else None

    @property
    def address(self) -> str:
        """Where its page is, without any year: the code of an old poster leads to the dates of today."""
        path = reverse("public:commune", args=[self.commune.slug or self.commune.code.lower()])
        return f"{settings.ADDRESS.rstrip('/')}{path}"


def announcements(epci: Epci, communes: Iterable[Commune], today: dt.date) -> list[Announcement]:
    """Return what each commune announces, in their order; one without dates is there too."""
    told = list(communes)
    keys = [commune.pk for commune in told]
    stops: dict[int, list[Stop]] = defaultdict(list)
    for stop in stops_of(Visit.objects.filter(epci=epci, commune__in=keys).awaited_from(today)):
        stops[stop.commune.pk].append(stop)
    mairies = {mairie.commune_id: mairie for mairie in Mairie.objects.filter(commune__in=keys)}
    ended, logos = endings(told, today), logos_of(epci, told)

    def announced(commune: Commune, stops: Sequence[Stop]) -> Announcement:
        coming = [stop for stop in stops if not stop.is_cancelled and stop.date >= today]
        changed = [timezone.localdate(stop.visit.changed_at) for stop in stops]
        return Announcement(
            epci=epci,
            commune=commune,
            mairie=mairies.get(commune.pk),
            stops=coming[:DATES_TOLD],
            changes=[stop for stop in stops if stop.changes_soon(today)],
            ended_on=None if coming else ended.get(commune.pk),
            # What a paper says holds since the last change of any of its dates.
            holds_from=min(max(changed, default=today), today),
            printed_on=today,
            logos=[logos[whose] for whose in (None, commune.pk) if whose in logos],
        )

    return [announced(commune, stops[commune.pk]) for commune in told]
