"""Book a resident at the office, on an afternoon on which the mediator is on call there (art. 4)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from escale.apps.audit.actors import Actor
from escale.apps.booking.actions.booking import asked, meet, write_appointment
from escale.apps.booking.agents import agent_in, require_demande
from escale.apps.booking.kinds import Kind, Outcome
from escale.apps.booking.locking import lock_demande
from escale.apps.booking.models import Appointment, Demande
from escale.apps.booking.offices import HALF, OfficeAfternoon, office_afternoons
from escale.apps.booking.people import Person, copied_from, read_person
from escale.apps.team.models import Post
from escale.apps.territory import clock
from escale.apps.territory.models import Commune
from escale.apps.territory.saving import refuse
from escale.core.booking.slots import MOST_IN_A_ROW, Position
from escale.core.booking.states import DemandeState


@transaction.atomic
def book_at_office(
    *, actor: Actor, commune: Commune, post: Post, date: dt.date, slot: int, who: Person | Demande, count: int = 1
) -> Appointment:
    """Book someone at the office, a person of a commune or one who waits there: for what is very specific, by a kind of its own.

    Raise ValidationError beside « date », « slot », « count » or a field of the person.
    """
    held = Post.objects.select_for_update(of=("self",)).select_related("epci").get(pk=post.pk)
    agent = agent_in(actor, held.epci, commune)
    now = clock.moment(held.epci)
    if isinstance(who, Demande):
        demande = _waiting(actor, who, commune)
        row = Appointment(demande=demande, asked_at=demande.asked_at, **copied_from(demande))
    else:
        demande, row = None, Appointment(asked_at=asked(None, now), **read_person(who, today=now.date()))
    afternoon = _afternoon(held, date)
    if not 1 <= count <= MOST_IN_A_ROW:
        raise refuse("count", f"Un rendez-vous prend un créneau, ou {MOST_IN_A_ROW} qui se suivent.")
    if slot not in afternoon.starts_for(count):
        raise refuse("slot", "Ce créneau n’est pas libre ; en choisir un autre.")
    row.kind, row.epci, row.asking = Kind.OFFICE.value, held.epci, commune
    row.post, row.date, row.half = held, date, HALF.value
    row.first_slot, row.slot_count = slot, count
    row.slot_minutes, row.position = afternoon.minutes, Position.LAST.value
    written = write_appointment(actor, agent, row, {"post": held, "date": date, "half": HALF.value}, now)
    if demande is not None:
        meet(demande, Outcome.OFFICE)
    return written


def _waiting(actor: Actor, demande: Demande, commune: Commune) -> Demande:
    row = lock_demande(demande)
    require_demande(actor, row)
    if row.state != DemandeState.WAITING or row.commune_id != commune.pk:
        raise refuse("demande", "Cette demande n’attend plus ; recharger la page.")
    return row


def _afternoon(post: Post, date: dt.date) -> OfficeAfternoon:
    for afternoon in office_afternoons(post.epci, date, date):
        if afternoon.post.pk == post.pk:
            return afternoon
    raise refuse("date", "Personne n’est au bureau cet après-midi-là ; choisir une autre date.")
