"""What was asked of the service and when it was answered: appointments, the wait for one, urgencies."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, Sum

from escale.apps.booking.models import Appointment, Demande
from escale.apps.evaluation.counting.spans import Span
from escale.apps.territory.catalogue import APPOINTMENT_SLOT_MINUTES
from escale.apps.territory.models import Epci
from escale.apps.territory.queries import value_of
from escale.apps.urgencies.models import Request
from escale.apps.urgencies.opening import opening_of
from escale.core.booking.slots import APPOINTMENT_MINUTES
from escale.core.booking.states import AppointmentState, DemandeState
from escale.core.evaluation.counts import Slots, Urgencies, Waits
from escale.core.urgencies.calling import median
from escale.core.visits.life import VisitState

UNSERVED = [state.value for state in (DemandeState.TO_CONFIRM, DemandeState.WAITING, DemandeState.UNMET)]
"""Requests without an appointment; whoever gave up asking, or was told no by the mairie, waits no more."""


def are_bookings_kept(epci: Epci, span: Span) -> bool:
    """Whether appointments were ever taken here before the end of these months."""
    before = Q(visit__date__lte=span.until) | Q(date__lte=span.until)
    return Appointment.objects.filter(before, epci=epci).exists()


def slots_of(epci: Epci, span: Span, met: Mapping[int, int]) -> dict[int, Slots]:
    """Return the slots of the half-days that were held, by commune; `met` says how many there were of each.

    An appointment keeps the grid on which it was booked: its half-day has as many slots as that grid gives, or as were taken.
    """
    usual = APPOINTMENT_MINUTES // value_of(epci, APPOINTMENT_SLOT_MINUTES)
    opened = Counter({commune: usual * count for commune, count in met.items()})
    booked, absent = Counter[int](), Counter[int]()
    rows = Appointment.objects.of_visits().standing().filter(span.here("visit__commune"), epci=epci)
    rows = rows.filter(visit__date__range=(span.starts, span.until), visit__state=VisitState.HELD.value).order_by()
    for commune, _, minutes, taken, away in rows.values_list("visit__commune", "visit", "slot_minutes").annotate(
        taken=Sum("slot_count"), away=Count("pk", filter=Q(state=AppointmentState.ABSENT.value))
    ):
        opened[commune] += max(APPOINTMENT_MINUTES // minutes, taken) - usual
        booked[commune] += taken
        absent[commune] += away
    return {key: Slots(open=max(opened[key], booked[key]), booked=booked[key], absent=absent[key]) for key in {*opened, *booked}}


def slots_together(parts: Sequence[Slots]) -> Slots:
    """Return the slots of some communes together."""
    return Slots(
        open=sum(part.open for part in parts),
        booked=sum(part.booked for part in parts),
        absent=sum(part.absent for part in parts),
    )


def waits_of(epci: Epci, span: Span) -> dict[int, Waits]:
    """Return the days from request to appointment of what was asked in these months, by the commune that asked."""
    served: defaultdict[int, Counter[int]] = defaultdict(Counter)
    waiting: defaultdict[int, Counter[int]] = defaultdict(Counter)
    zone, period = ZoneInfo(epci.time_zone), Q(epci=epci, asked_at__date__range=(span.starts, span.until))
    standing = Appointment.objects.standing().filter(period, span.here("asking")).order_by()
    for commune, asked_at, visited_on, received_on in standing.values_list("asking", "asked_at", "visit__date", "date"):
        served[commune][_days(asked_at, visited_on or received_on, zone)] += 1
    unserved = Demande.objects.filter(period, span.here(), state__in=UNSERVED).order_by()
    for commune, asked_at, closed_at in unserved.values_list("commune", "asked_at", "closed_at"):
        last = min(span.on, closed_at.astimezone(zone).date()) if closed_at else span.on
        waiting[commune][_days(asked_at, last, zone)] += 1
    return {key: Waits(served=served[key], waiting=waiting[key]) for key in {*served, *waiting}}


def waits_together(parts: Iterable[Waits]) -> Waits:
    """Return the waits of some communes together."""
    served, waiting = Counter[int](), Counter[int]()
    for part in parts:
        served.update(part.served)
        waiting.update(part.waiting)
    return Waits(served=dict(sorted(served.items())), waiting=dict(sorted(waiting.items())))


def urgencies_of(epci: Epci, span: Span) -> dict[int, list[int | None]]:
    """Return by commune the minutes of service before the first answer to each urgency, None for one that had none."""
    asked = Request.objects.filter(span.here(), epci=epci, asked_at__date__range=(span.starts, span.until)).order_by()
    rows = list(asked.values_list("commune", "asked_at", "answered_at"))
    if not rows:
        return {}
    answers = [answered_at.date() for _, _, answered_at in rows if answered_at]
    opening = opening_of(epci, span.starts, max([span.until, *answers]) + dt.timedelta(days=1))
    found: defaultdict[int, list[int | None]] = defaultdict(list)
    for commune, asked_at, answered_at in rows:
        found[commune].append(opening.minutes(asked_at, answered_at))
    return dict(found)


def urgencies_together(parts: Iterable[Sequence[int | None]]) -> Urgencies:
    """Return the urgencies of some communes together."""
    delays = [delay for part in parts for delay in part]
    answered = [delay for delay in delays if delay is not None]
    return Urgencies(asked=len(delays), answered=len(answered), median_minutes=median(answered))


def _days(asked_at: dt.datetime, last: dt.date | None, zone: ZoneInfo) -> int:
    """Return the civil days from a request to a day; who was written down after coming waited for none."""
    return max(0, ((last or asked_at.date()) - asked_at.astimezone(zone).date()).days)
