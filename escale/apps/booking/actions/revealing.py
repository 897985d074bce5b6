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
    """Return the standing appointments of a visit with names and numbers, to call people when a morning goes wrong.

    The trace says who read them and why; without a reason nothing is read.
    """
    require(actor, "booking.reveal", visit)
    words = " ".join(reason.split())
    if not words:
        raise refuse("reason", "Dire en quelques mots pourquoi ces noms sont nécessaires ; la lecture est notée.")
    if refusal := text_refusal(words, today=clock.today(visit.epci), most=MOST_LETTERS):
        raise refuse("reason", refusal)
    rows = list(Appointment.objects.filter(visit=visit).standing().select_related("asking", "epci").order_by("first_slot"))
    events.record(
        "booking.people_revealed", actor=actor, epci=visit.epci.siren, subject=visit, reason=words, appointments=len(rows)
    )
    return rows
