"""How many half-days were proposed, held or given up in a period: the figures of the evaluation (art. 4 and 6)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.models import Visit
from escale.core.visits.life import Side, VisitState


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitCounts:
    """Half-days by what became of them. `cancelled` is split by who gave it up; `made_up` are those whose make-up stands.

    `proposed` are all those that stand and those that somebody gave up; what a new tour took away before its day is none.
    """

    proposed: int
    coming: int
    confirmed: int
    held: int
    untold: int
    cancelled_by_service: int
    cancelled_by_commune: int
    force_majeure: int
    refused: int
    waived: int
    owed: int
    made_up: int

    @property
    def cancelled(self) -> int:
        """Those that one of the parties cancelled."""
        return self.cancelled_by_service + self.cancelled_by_commune


def visit_counts(epci: Epci, first: dt.date, last: dt.date, *, today: dt.date, commune: Commune | None = None) -> VisitCounts:
    """Count the half-days of a period, both days included, in one query; `untold` are past and nobody said what became of them.

    A make-up is a half-day of its own day, and is counted there as any other.
    """
    rows = Visit.objects.filter(epci=epci, date__range=(first, last))
    if commune is not None:
        rows = rows.filter(commune=commune)
    stands = Visit.objects.standing().filter(makes_up=OuterRef("pk"))
    given_up, owed = Q(cancellation__isnull=False), Q(cancellation__is_owed=True)
    coming = Q(state__in=[VisitState.PLANNED.value, VisitState.CONFIRMED.value])
    cancelled = Q(state=VisitState.CANCELLED.value) & given_up
    found = rows.annotate(is_made_up=Exists(stands)).aggregate(
        proposed=Count("pk", filter=coming | Q(state=VisitState.HELD.value) | given_up),
        coming=Count("pk", filter=coming & Q(date__gte=today)),
        confirmed=Count("pk", filter=Q(state=VisitState.CONFIRMED.value)),
        held=Count("pk", filter=Q(state=VisitState.HELD.value)),
        untold=Count("pk", filter=coming & Q(date__lt=today)),
        cancelled_by_service=Count("pk", filter=cancelled & Q(cancellation__side=Side.SERVICE.value)),
        cancelled_by_commune=Count("pk", filter=cancelled & Q(cancellation__side=Side.COMMUNE.value)),
        force_majeure=Count("pk", filter=given_up & Q(cancellation__force_majeure=True)),
        refused=Count("pk", filter=Q(state=VisitState.REFUSED.value)),
        waived=Count("pk", filter=Q(state=VisitState.WAIVED.value)),
        owed=Count("pk", filter=owed & Q(is_made_up=False)),
        made_up=Count("pk", filter=given_up & Q(is_made_up=True)),
    )
    return VisitCounts(**found)
