"""Put what a mairie noted before whoever has to know it, and say how long that took (art. 3-1)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.booking.models import Appointment, Demande
from escale.apps.team.models import Occupancy
from escale.apps.territory import clock
from escale.apps.territory.catalogue import RDV_TRANSMISSION_MAX_HOURS
from escale.apps.territory.queries import value_of


def transmit(*, actor: Actor, row: Appointment | Demande) -> None:
    """Note that a row is before a mediator from now on, when there is one to read it; call it in the transaction of an action.

    An appointment is read by whoever holds the post that day, a request by the whole team.
    """
    now = clock.moment(row.epci)
    if row.transmitted_at is not None or not _has_reader(row, now.date()):
        return
    row.transmitted_at = now
    row.save(update_fields=["transmitted_at"])
    minutes = int((now - row.asked_at).total_seconds() // 60)
    late = minutes > 60 * value_of(row.epci, RDV_TRANSMISSION_MAX_HOURS)
    events.record("booking.transmitted", actor=actor, epci=row.epci.siren, subject=row, minutes=minutes, late=late)


@transaction.atomic
def transmit_what_waits(*, actor: Actor) -> int:
    """Transmit what was noted while nobody held the post, once someone does; return how much."""
    require(actor, "booking.transmit", "installation")
    first = clock.today() - dt.timedelta(days=1)
    appointments = Appointment.objects.booked().of_visits().filter(transmitted_at__isnull=True, visit__date__gte=first)
    demandes = Demande.objects.waiting().filter(transmitted_at__isnull=True)
    rows: list[Appointment | Demande] = [
        *appointments.select_related("epci", "visit").select_for_update(of=("self",)),
        *demandes.select_related("epci").select_for_update(of=("self",)),
    ]
    for row in rows:
        transmit(actor=actor, row=row)
    return sum(row.transmitted_at is not None for row in rows)


def _has_reader(row: Appointment | Demande, today: dt.date) -> bool:
    with_account = Occupancy.objects.filter(mediator__user__is_active=True)
    if isinstance(row, Demande):
        return with_account.on(today).filter(post__epci=row.epci).exists()
    post = row.visit.post_id if row.visit else row.post_id
    return with_account.on(row.day).filter(post=post).exists()
