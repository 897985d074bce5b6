"""Book a resident in a slot of a visit (art. 3-1): by the mairie, or on its behalf."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from escale.apps.audit import events
from escale.apps.audit.actors import Actor
from escale.apps.booking.actions.telling import must_learn
from escale.apps.booking.actions.transmitting import transmit
from escale.apps.booking.agenda import Agenda, agenda_of
from escale.apps.booking.agents import agent_in, require_demande
from escale.apps.booking.kinds import Agent, Answer, Change, Channel, Kind, Outcome
from escale.apps.booking.labels import OBSTACLES
from escale.apps.booking.locking import lock_demande, lock_visit
from escale.apps.booking.models import Appointment, Demande, HeldSlot, Offer, SharedSlots, Telling
from escale.apps.booking.people import Person, copied_from, read_person
from escale.apps.territory import clock
from escale.apps.territory.models import Commune
from escale.apps.territory.saving import refuse
from escale.apps.visits.models import Visit
from escale.core.booking.slots import MOST_IN_A_ROW
from escale.core.booking.states import DemandeState
from escale.core.calendar.french import weekday_date_words
from escale.core.calendar.halfdays import HALF_WORDS, Half
from escale.core.calendar.hours import time_words

TAKEN = "Ce créneau vient d’être pris ; en choisir un autre."
USED = "Cette page a déjà servi pour quelqu’un ; la rouvrir pour la personne suivante."


@transaction.atomic
def book_appointment(
    *,
    actor: Actor,
    visit: Visit,
    slot: int,
    person: Person,
    count: int = 1,
    commune: Commune | None = None,
    asked_at: dt.datetime | None = None,
    key: uuid.UUID | None = None,
) -> Appointment:
    """Book someone from a slot of a visit on, as the caller has read it: one that has moved since is refused with its new day.

    `commune` is the one that books, when a neighbour receives; `key` makes a second click the same booking.
    Raise ValidationError beside what refuses: « visit », « slot », « count », or a field of the person.
    """
    locked = lock_visit(visit.pk)
    asking = commune or locked.commune
    agent = _agent(actor, locked, asking)
    if (done := _done_already(key, locked, asking)) is not None:
        return _same(done, slot, person)
    _refuse_changed(visit, locked)
    now = clock.moment(locked.epci)
    values = read_person(person, today=now.date())
    row = Appointment(uid=key or uuid.uuid4(), asked_at=asked(asked_at, now), asking=asking, **values)
    return _place(actor, agent, locked, row, slot, count)


@transaction.atomic
def book_demande(*, actor: Actor, demande: Demande, visit: Visit, slot: int, count: int | None = None) -> Appointment:
    """Give a slot to someone who waits: one of their commune, or of a neighbour when they accept it.

    Raise ValidationError as `book_appointment` does, and when the request waits no more.
    """
    locked = lock_visit(visit.pk)
    waiting = lock_demande(demande)
    require_demande(actor, waiting)
    if waiting.state != DemandeState.WAITING:
        raise refuse("demande", "Cette demande n’attend plus ; recharger la page.")
    own = locked.commune_id == waiting.commune_id
    if not own and not waiting.accepts_neighbour:
        raise refuse("demande", "La personne n’a pas dit qu’elle irait dans une commune voisine ; le lui demander d’abord.")
    agent = _agent(actor, locked, waiting.commune)
    _refuse_changed(visit, locked)
    wanted = count or waiting.slot_count
    row = Appointment(demande=waiting, asked_at=waiting.asked_at, asking=waiting.commune, **copied_from(waiting))
    placed = _place(actor, agent, locked, row, slot, wanted)
    taken = Offer.objects.filter(demande=waiting, visit=locked, first_slot=slot).unanswered()
    taken.update(answer=Answer.ACCEPTED.value, answered_at=clock.moment(locked.epci))
    meet(waiting, Outcome.VISIT if own else Outcome.NEIGHBOUR)
    return placed


def meet(demande: Demande, outcome: Outcome) -> None:
    """Say how a request that waited is met."""
    now = clock.moment(demande.epci)
    end_offers(demande)
    demande.state, demande.outcome, demande.closed_at = DemandeState.MET.value, outcome.value, now
    demande.save(update_fields=["state", "outcome", "closed_at"])


def end_offers(demande: Demande) -> None:
    """Close what is offered to a request that waits no more: the slots are free again, and nobody has to be asked."""
    Telling.objects.filter(offer__demande=demande, told_at__isnull=True).delete()
    Offer.objects.filter(demande=demande).unanswered().update(answer=Answer.VOID.value, answered_at=clock.moment(demande.epci))


def asked(asked_at: dt.datetime | None, now: dt.datetime) -> dt.datetime:
    """Return when someone asked: now, unless the desk notes what was asked before."""
    if asked_at is not None and asked_at > now:
        raise refuse("asked_at", "Cette date n’est pas encore venue ; écrire le jour où la personne a demandé.")
    return asked_at or now


def write_appointment(actor: Actor, agent: Agent, row: Appointment, held: Mapping[str, Any], now: dt.datetime) -> Appointment:
    """Save an appointment with its slots, transmit it, and have the person told when the mairie was not there to do it."""
    row.written_at = row.state_at = now
    row.written_by, row.written_as = actor.actor_id, agent.value
    row.full_clean()
    try:
        with transaction.atomic():
            row.save()
            HeldSlot.objects.bulk_create([HeldSlot(appointment=row, number=number, **held) for number in row.numbers])
    except IntegrityError:
        # The lock lets one booking through at a time; this is for whoever writes without it.
        raise refuse("slot", TAKEN) from None
    events.record(
        "booking.appointment_booked",
        actor=actor,
        epci=row.epci.siren,
        subject=row,
        visit=row.visit_id,
        slots=list(row.numbers),
        asking=row.asking.code,
        agent=agent.value,
        on_behalf=agent is not Agent.COMMUNE,
    )
    transmit(actor=actor, row=row)
    if agent is not Agent.COMMUNE or row.channel != Channel.MAIRIE:
        must_learn(row, Change.BOOKED)
    return row


def _done_already(key: uuid.UUID | None, visit: Visit, asking: Commune) -> Appointment | None:
    """Return what a first click has booked."""
    return None if key is None else Appointment.objects.filter(uid=key, visit=visit, asking=asking).first()


def _same(done: Appointment, slot: int, person: Person) -> Appointment:
    """Refuse a page that was filled in again for someone else: it would look booked, and nobody would be."""
    if (done.first_slot, done.name) != (slot, " ".join(person.name.split())):
        raise refuse("key", USED)
    return done


def _place(actor: Actor, agent: Agent, visit: Visit, row: Appointment, slot: int, count: int) -> Appointment:
    agenda = agenda_of(visit)
    _refuse_slots(agenda, slot, count, row.demande)
    row.kind, row.epci, row.visit = Kind.VISIT.value, visit.epci, visit
    row.first_slot, row.slot_count = slot, count
    row.slot_minutes, row.position = agenda.grid.minutes, agenda.grid.position.value
    return write_appointment(actor, agent, row, {"visit": visit}, clock.moment(visit.epci))


def _agent(actor: Actor, visit: Visit, asking: Commune) -> Agent:
    if asking == visit.commune:
        return agent_in(actor, visit.epci, asking, post=visit.post_id, day=visit.date)
    agent = agent_in(actor, visit.epci, asking)
    if not SharedSlots.objects.filter(commune=visit.commune).exists():
        raise refuse("visit", f"{visit.commune} n’ouvre pas ses créneaux aux communes voisines ; en choisir une autre.")
    return agent


def _refuse_changed(read: Visit, locked: Visit) -> None:
    """Refuse a booking on a day that the desk did not read: the visit moved while the form was open."""
    if (read.date, read.half) != (locked.date, locked.half):
        when = f"{weekday_date_words(locked.date)}, {HALF_WORDS[Half(locked.half)]}"
        raise refuse("visit", f"Ce passage vient d’être déplacé au {when} ; le dire à la personne, puis inscrire à cette date.")


def _refuse_slots(agenda: Agenda, first: int, count: int, demande: Demande | None) -> None:
    if agenda.obstacle is not None:
        raise refuse("visit", OBSTACLES[agenda.obstacle])
    if not 1 <= count <= MOST_IN_A_ROW:
        raise refuse("count", f"Un rendez-vous prend un créneau, ou {MOST_IN_A_ROW} qui se suivent.")
    if agenda.hours_of(first, count) is None:
        raise refuse("slot", f"Ce créneau n’existe pas ; ceux de ce passage vont de 1 à {len(agenda.slots)}.")
    for line in agenda.slots[first - 1 : first - 1 + count]:
        if line.appointment is not None:
            raise refuse("slot", TAKEN)
        if line.offer is not None and (demande is None or line.offer.demande_id != demande.pk):
            until = f"{line.offer.expires_at.astimezone(line.closes_at.tzinfo):%d/%m à %H:%M}"
            raise refuse(
                "slot", f"Ce créneau est proposé à une demande plus ancienne jusqu’au {until} ; choisir un autre créneau."
            )
        if not line.is_open:
            time = time_words(line.slot.hours.starts)
            closed = f"{weekday_date_words(line.closes_at.date())}, {time_words(line.closes_at.time())}"
            raise refuse(
                "slot", f"Les inscriptions au créneau de {time} sont closes depuis le {closed} ; choisir un créneau plus tard."
            )
