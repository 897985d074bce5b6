"""Keep the list of the people who have to learn something, and tick those who have."""

from __future__ import annotations

from django.db import transaction

from escale.apps.audit import events
from escale.apps.audit.actors import Actor
from escale.apps.booking.agents import require_appointment, require_demande
from escale.apps.booking.kinds import Change
from escale.apps.booking.models import Appointment, Offer, Telling
from escale.apps.territory import clock
from escale.apps.territory.saving import refuse


def must_learn(appointment: Appointment, change: Change) -> None:
    """Put a person on the list; a change that was not told yet is replaced by this one."""
    now = clock.moment(appointment.epci)
    waiting = Telling.objects.filter(appointment=appointment, told_at__isnull=True)
    if not waiting.update(change=change.value, since=now):
        Telling.objects.create(appointment=appointment, change=change.value, since=now)


def need_not_learn(appointment: Appointment) -> None:
    """Take a person off the list: the news is theirs."""
    Telling.objects.filter(appointment=appointment, told_at__isnull=True).delete()


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
