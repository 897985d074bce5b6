"""Who waits in each commune, and what stayed without an answer: where the coordination looks after the desks."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Min, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from escale.apps.audit.actors import require
from escale.apps.booking.models import Demande
from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Epci
from escale.core.booking.states import DemandeState
from escale.web.journeys import Journey, Visitor, enter


@dataclass(frozen=True, slots=True, kw_only=True)
class CommuneDemandes:
    """How many wait in a commune, for how many days the oldest does, and how many stayed without an answer.

    `asked` were sent from its page and the mairie has not answered yet.
    """

    commune: Commune
    asked: int
    waiting: int
    days: int | None
    unmet: int


@require_safe
@enter(Journey.STEERING)
def show_overview(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the requests of all communes, those where someone waits first; nobody is named."""
    require(visitor.user, "booking.book", visitor.epci)
    rows = overview_of(visitor.epci)
    totals = {"waiting": sum(row.waiting for row in rows), "unmet": sum(row.unmet for row in rows)}
    return render(request, "desk/overview.html", {"visitor": visitor, "rows": rows, **totals})


def overview_of(epci: Epci) -> list[CommuneDemandes]:
    """Return what the communes of an EPCI have, in two queries."""
    today = clock.today(epci)
    asked, waiting, unmet = (Q(state=one.value) for one in (DemandeState.TO_CONFIRM, DemandeState.WAITING, DemandeState.UNMET))
    rows = Demande.objects.filter(epci=epci).order_by().values_list("commune")
    counted = rows.annotate(
        asked=Count("pk", filter=asked),
        waiting=Count("pk", filter=waiting),
        oldest=Min("asked_at", filter=asked | waiting),
        unmet=Count("pk", filter=unmet),
    )
    found = {commune: counts for commune, *counts in counted}
    lines = []
    for commune in Commune.objects.members_of(epci, today, today).defer("outline"):
        to_confirm, count, oldest, closed = found.get(commune.pk, (0, 0, None, 0))
        days = (today - timezone.localtime(oldest).date()).days if oldest else None
        lines.append(CommuneDemandes(commune=commune, asked=to_confirm, waiting=count, days=days, unmet=closed))
    return sorted(lines, key=lambda line: (-line.asked - line.waiting, line.commune.sort_key))
