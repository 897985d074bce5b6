"""What shows how a convention is kept: points that the lawyer put in its file (art. 5-2), the log of both parties (art. 3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from escale.apps.communication.models import ActionQuerySet, CommunicationAction, CoordinationAction, CoordinationQuerySet
from escale.apps.conventions.models import Convention
from escale.apps.visits.models import Point
from escale.core.convention.obligations import BY_ID, Obligation
from escale.core.visits.life import PointKind

CONCERNED: Mapping[PointKind, str] = {
    PointKind.NOT_OPENED: "C-3.1-1a",
    PointKind.NO_ROOM: "C-3.1-1a",
    PointKind.NO_POWER: "C-3.1-1a",
    PointKind.NOT_CLEAN: "C-3.1-1a",
    PointKind.NO_PRIVATE_OFFICE: "C-3.1-1b",
    PointKind.NOT_HEATED: "C-7-3",
    PointKind.MEDIATOR_ABSENT: "C-3.2-1",
    PointKind.MEDIATOR_LATE: "C-3.2-1",
}
"""The obligation that each kind of point concerns. No article promises a network; what is « other » the lawyer qualifies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A point of the file, and the obligation that it concerns; None where the text names none."""

    point: Point
    obligation: Obligation | None


def evidence_of(convention: Convention) -> Sequence[Evidence]:
    """Return the points of the file of a convention: those of half-days held while it is in force, the oldest first.

    A point alone makes no obligation late: the lawyer reads both versions, and decides of a mise en demeure.
    """
    if convention.notified_on is None:
        return []
    rows = Point.objects.filter(visit__commune=convention.commune, visit__epci=convention.epci, evidence_at__isnull=False)
    rows = rows.filter(visit__date__gte=convention.notified_on)
    if convention.ends_on is not None:
        rows = rows.filter(visit__date__lte=convention.ends_on)
    found = rows.select_related("visit__commune").order_by("visit__date", "pk")
    return [Evidence(point=point, obligation=_concerned(point)) for point in found]


def communication_of(convention: Convention) -> ActionQuerySet:
    """Return what both parties did to make the service known while a convention is in force, the latest first."""
    rows: ActionQuerySet = CommunicationAction.objects.standing().filter(_while_in_force(convention), epci=convention.epci)
    return rows.concerning(convention.commune).filter(Q(commune=None) | Q(commune=convention.commune))


def coordination_of(convention: Convention) -> CoordinationQuerySet:
    """Return what the EPCI did to coordinate, with this commune or with all, while a convention is in force, the latest first."""
    rows: CoordinationQuerySet = CoordinationAction.objects.standing().filter(_while_in_force(convention), epci=convention.epci)
    return rows.concerning(convention.commune)


def _while_in_force(convention: Convention) -> Q:
    if convention.notified_on is None:
        return Q(pk__in=[])
    since = Q(day__gte=convention.notified_on)
    return since if convention.ends_on is None else since & Q(day__lte=convention.ends_on)


def _concerned(point: Point) -> Obligation | None:
    key = CONCERNED.get(PointKind(point.kind))
    return None if key is None else BY_ID[key]
