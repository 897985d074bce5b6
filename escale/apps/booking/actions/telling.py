"""Keep the list of the people who have to learn something, and tick those who have."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from escale.apps.audit import events
from escale.apps.audit.actors import Actor
from escale.apps.booking.agents import require_appointment, require_demande
from escale.apps.booking.kinds import Change
from escale.apps.booking.models import Appointment, Offer, Telling
from escale.apps.territory import clock
from escale.apps.territory.saving import refuse
from escale.core.calendar.halfdays import Half

Place = tuple[dt.date, Half]
"""A half-day, as a person knows it."""


def must_learn(appointment: Appointment, change: Change, *, before: Place | None = None, falls_to_mairie: bool = False) -> None:
    """Put a person on the list; a change that was not told yet is replaced by this one.

    `before` is when the visit was until now: the first one that was not told stays what the person believes.
    """
    now = clock.moment(appointment.epci)
    row = Telling.objects.select_for_update().filter(appointment=appointment, told_at__isnull=True).first()
    if row is None:
        row = Telling(appointment=appointment)
    elif row.change == Change.MOVED and change in {Change.ROOM, Change.REMINDED}:
        # The new day is told with its place.
        change = Change.MOVED
    row.change, row.since, row.falls_to_mairie = change.value, now, falls_to_mairie
    if before is not None and row.before_date is None:
        row.before_date, row.before_half = before[0], before[1].value
    row.save()


def need_not_learn(appointment: Appointment) -> None:
    """Take a person off the list: the news is theirs."""
    Telling.objects.filter(appointment=appointment, told_at__isnull=True).delete()


def try_again(appointment: Appointment) -> None:
    """Have a message tell what none could: the person has given another way to reach them."""
    failed = Telling.objects.filter(appointment=appointment, told_at__isnull=True, falls_to_mairie=True)
    failed.update(falls_to_mairie=False, since=clock.moment(appointment.epci))


def must_hear_of(offer: Offer) -> None:
    """Put the person of a request on the list of those to whom a slot is offered."""
    Telling.objects.create(offer=offer, change=Change.OFFERED.value, since=offer.offered_at)


@transaction.atomic
def tick_telling(*, actor: Actor, telling: Telling) -> Telling:
    """Say that a person has been told."""
    row = Telling.objects.select_for_update(of=("self",)).get(pk=telling.pk)
    if row.appointment is not None:
        require_appointment(actor, row.appointment)
        epci = row.appointment.epci
    elif row.offer is not None:
        require_demande(actor, row.offer.demande)
        epci = row.offer.demande.epci
    else:
        raise refuse("telling", "Il n’y a plus rien à dire à cette personne.")
    if row.told_at is None:
        row.told_at, row.told_by = clock.moment(epci), actor.actor_id
        row.save(update_fields=["told_at", "told_by"])
        events.record("booking.told", actor=actor, epci=epci.siren, subject=row, change=row.change)
    return row
