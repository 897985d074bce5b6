"""The state of the database that decides the capacity of a year, as one short text: it changes when any of these rows does."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.db.models import Model, QuerySet

from escale.apps.schedule.models import AgreedVisits, Inquiry, Participation, Wish
from escale.apps.team.models import Leave, Occupancy, Post, WeeklyTemplate
from escale.apps.territory.models import Closure, Commune, Epci, HandDistance, Membership, Premises, Setting, TerritoryClosure

COLUMNS: dict[type[Model], tuple[str, ...]] = {
    Commune: ("pk", "name", "article", "latitude", "longitude", "starts", "ends"),
    Premises: ("pk", "commune", "starts", "ends"),
}
"""The columns that count; the others of these rows are longer, or are no business of a cache."""


def fingerprint(epci: Epci, first: dt.date, last: dt.date) -> str:
    """Return the SHA-256 of the rows of an EPCI that say who works, who takes part, and on which days of a period."""
    told = hashlib.sha256(f"{epci.pk} {first} {last}".encode())
    for rows in _rows(epci, first, last):
        told.update(repr(list(rows.order_by("pk").values_list(*COLUMNS.get(rows.model, ())))).encode())
    return told.hexdigest()


def _rows(epci: Epci, first: dt.date, last: dt.date) -> tuple[QuerySet[Model], ...]:
    communes = Membership.objects.filter(epci=epci).values("commune")
    return (
        Setting.objects.filter(epci=epci),
        Membership.objects.filter(epci=epci),
        Commune.objects.filter(pk__in=communes),
        Participation.objects.filter(epci=epci).between(first, last),
        AgreedVisits.objects.filter(epci=epci),
        Inquiry.objects.filter(epci=epci),
        Wish.objects.filter(epci=epci),
        Premises.objects.filter(commune__in=communes),
        Closure.objects.filter(premises__commune__in=communes).between(first, last),
        TerritoryClosure.objects.filter(epci=epci).between(first, last),
        HandDistance.objects.filter(epci=epci),
        Post.objects.filter(epci=epci),
        WeeklyTemplate.objects.filter(post__epci=epci),
        Occupancy.objects.filter(post__epci=epci).between(first, last),
        Leave.objects.filter(mediator__epci=epci).between(first, last),
    )
