"""What the coordination follows of the service: what went wrong, told without naming anyone, and what was transmitted late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from escale.apps.activity.labels import INCIDENTS
from escale.apps.activity.models import Incident
from escale.apps.audit.actors import require
from escale.apps.booking.models import Appointment
from escale.apps.booking.queries import late_transmissions
from escale.apps.territory import clock
from escale.apps.territory.catalogue import RDV_TRANSMISSION_MAX_HOURS
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.queries import value_of
from escale.core.activity.vocabulary import IncidentKind
from escale.web.journeys import Journey, Visitor, enter

SEEN = dt.timedelta(days=90)
"""How far back the page looks: as long as the words of an incident are kept."""
MOST_SHOWN = 100
HOURS_A_DAY = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """An appointment, without whoever has it, that took long to be before the mediator; `is_done` once it is."""

    commune: Commune
    date: dt.date
    asked_at: dt.datetime
    hours: int
    is_done: bool

    @property
    def words(self) -> str:
        """How long it took, or has taken so far."""
        days, hours = divmod(self.hours, HOURS_A_DAY)
        parts = [f"{days} jour{'s' * (days > 1)}"] * bool(days) + [f"{hours} h"] * bool(hours or not days)
        return " ".join(parts)


@require_safe
@enter(Journey.STEERING)
def show_following(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the incidents and the late transmissions of the last months."""
    require(visitor.user, "activity.see", visitor.epci)
    require(visitor.user, "booking.see", visitor.epci)
    late = late_lines(visitor.epci)
    seen = {
        "visitor": visitor,
        "days": SEEN.days,
        "incidents": [(row, INCIDENTS[IncidentKind(row.kind)]) for row in incidents_of(visitor)],
        "most": value_of(visitor.epci, RDV_TRANSMISSION_MAX_HOURS),
        "late": late[:MOST_SHOWN],
        "late_count": len(late),
        "asked": _asked(visitor.epci),
    }
    return render(request, "steering/service/following.html", seen)


def incidents_of(visitor: Visitor) -> Sequence[Incident]:
    """Return the incidents of the last months, the latest first."""
    since = clock.moment(visitor.epci) - SEEN
    rows = Incident.objects.visible_to(visitor.user).filter(mediator__epci=visitor.epci, noted_at__gte=since)
    return list(rows.select_related("mediator", "visit__commune").defer("visit__commune__outline")[:MOST_SHOWN])


def late_lines(epci: Epci) -> list[Late]:
    """Return the appointments of the last months that were transmitted late, the latest first."""
    now = clock.moment(epci)
    rows = late_transmissions(epci, *_period(epci))
    return [
        Late(
            commune=row.asking,
            date=row.day,
            asked_at=row.asked_at,
            hours=int(((row.transmitted_at or now) - row.asked_at).total_seconds() // 3600),
            is_done=row.transmitted_at is not None,
        )
        for row in sorted(rows, key=lambda row: row.asked_at, reverse=True)
    ]


def _asked(epci: Epci) -> int:
    return Appointment.objects.filter(epci=epci, asked_at__date__range=_period(epci), transmitted_at__isnull=False).count()


def _period(epci: Epci) -> tuple[dt.date, dt.date]:
    today = clock.today(epci)
    return today - SEEN, today
