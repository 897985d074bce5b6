"""Let the coordination read who comes to one visit, for a reason that is written down."""

from __future__ import annotations

from django.db import transaction

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.booking.models import Appointment
from escale.apps.booking.people import text_refusal
from escale.apps.territory import clock
from escale.apps.territory.saving import refuse
from escale.apps.visits.models import Visit
from escale.core.booking.sensitive import MOST_LETTERS


@transaction.atomic
def reveal_people(*, actor: Actor, visit: Visit, reason: str) -> list[Appointment]:
    """Return who was to come to a visit, with names and numbers, to call people when a morning goes wrong.

    Those whom its change cancelled are among them until somebody tells them. The trace says who read them and why; without a
    reason nothing is read. A mediator reads those of a colleague on the day itself alone.
    """
    if visit.date != clock.today(visit.epci) or not actor.may("booking.reveal_today", visit):
        require(actor, "booking.reveal", visit)
    words = " ".join(reason.split())
    if not words:
        raise refuse("reason", "Dire en quelques mots pourquoi ces noms sont nécessaires ; la lecture est notée.")
    if refusal := text_refusal(words, today=clock.today(visit.epci), most=MOST_LETTERS):
        raise refuse("reason", refusal)
    rows = list(Appointment.objects.expecting(visit).select_related("asking", "epci", "visit"))
    events.record(
        "booking.people_revealed", actor=actor, epci=visit.epci.siren, subject=visit, reason=words, appointments=len(rows)
    )
    return rows
