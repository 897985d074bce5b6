"""The trainings of mediators (art. 7) and their habilitation to Aidants Connect (art. 3-2)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import transaction

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.team.models import Habilitation, Mediator, RoomBooking, StructureHabilitation, Training
from escale.apps.team.texts import one_line
from escale.apps.territory import clock
from escale.apps.territory.models import Epci
from escale.apps.territory.saving import refuse, save_row


@transaction.atomic
def record_training(
    *,
    actor: Actor,
    mediator: Mediator,
    date: dt.date,
    hours: Decimal,
    subject: str,
    provider: str = "",
    booking: RoomBooking | None = None,
) -> Training:
    """Write the hours that a mediator spent learning on a day, in a room of the EPCI when `booking` is given."""
    require(actor, "team.manage", mediator)
    today = clock.today(mediator.epci)
    if booking is not None and (booking.room.epci_id != mediator.epci_id or booking.date != date):
        raise refuse("booking", "Cette salle est réservée un autre jour ; choisir la réservation du jour de la formation.")
    values = {
        "mediator": mediator,
        "date": date,
        "hours": hours,
        "subject": one_line("subject", subject, today=today),
        "provider": one_line("provider", provider, today=today),
        "booking": booking,
    }
    return save_row(Training(), values, event="team.training_recorded", actor=actor, epci=mediator.epci.siren)


@transaction.atomic
def remove_training(*, actor: Actor, training: Training) -> None:
    """Take away a training that was written by mistake."""
    require(actor, "team.manage", training)
    events.record("team.training_removed", actor=actor, epci=training.mediator.epci.siren, subject=training)
    training.delete()


@transaction.atomic
def record_habilitation(
    *,
    actor: Actor,
    mediator: Mediator,
    trained_on: dt.date | None,
    granted_on: dt.date | None = None,
    ends: dt.date | None = None,
) -> Habilitation:
    """Write how far a mediator is with Aidants Connect; an habilitation needs that of the structure on its day."""
    require(actor, "team.manage", mediator)
    Mediator.objects.select_for_update().get(pk=mediator.pk)
    if granted_on is not None and trained_on is None:
        raise refuse("trained_on", "L’habilitation suit une formation ; donner le jour de la formation.")
    if ends is not None and granted_on is None:
        raise refuse("granted_on", "Donner le premier jour de l’habilitation.")
    if granted_on is not None and not StructureHabilitation.objects.filter(epci=mediator.epci).on(granted_on).exists():
        raise refuse("granted_on", "La structure n’est pas habilitée ce jour-là ; noter d’abord son habilitation.")
    row = Habilitation.objects.filter(mediator=mediator).first() or Habilitation()
    values = {"mediator": mediator, "trained_on": trained_on, "granted_on": granted_on, "ends": ends}
    return save_row(row, values, event="team.habilitation_recorded", actor=actor, epci=mediator.epci.siren)


@transaction.atomic
def record_structure_habilitation(
    *, actor: Actor, epci: Epci, starts: dt.date, ends: dt.date | None = None
) -> StructureHabilitation:
    """Write from when to when the EPCI is habilitated; recorded again from the same day, its end is corrected."""
    require(actor, "team.manage", epci)
    row = StructureHabilitation.objects.filter(epci=epci, starts=starts).first() or StructureHabilitation()
    values = {"epci": epci, "starts": starts, "ends": ends}
    return save_row(row, values, event="team.structure_habilitated", actor=actor, epci=epci.siren)
