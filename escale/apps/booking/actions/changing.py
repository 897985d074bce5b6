"""Correct an appointment, cancel it, and say how it went."""

from __future__ import annotations

from django.db import transaction

from escale.apps.audit import events
from escale.apps.audit.actors import Actor
from escale.apps.booking.actions.offering import offer_slots
from escale.apps.booking.actions.telling import must_learn, need_not_learn, try_again
from escale.apps.booking.agents import require_appointment
from escale.apps.booking.kinds import CancelledBy, Change
from escale.apps.booking.labels import APPOINTMENT_STATES
from escale.apps.booking.locking import lock_appointment
from escale.apps.booking.models import Appointment, Demande
from escale.apps.booking.people import Person, copied_from, read_person, text_refusal
from escale.apps.territory import clock
from escale.apps.territory.saving import refuse, save_row
from escale.core.booking.sensitive import MOST_LETTERS
from escale.core.booking.states import APPOINTMENT_STEPS, AppointmentState, DemandeState


@transaction.atomic
def correct_appointment(*, actor: Actor, appointment: Appointment, person: Person) -> Appointment:
    """Change what is written of the person, at any time; the trace tells which fields, never what they were."""
    row = lock_appointment(appointment)
    require_appointment(actor, row)
    if row.person_forgotten or row.contact_forgotten:
        raise refuse("name", "Ce rendez-vous est ancien : ce qui disait qui est venu est effacé, et ne s’écrit plus.")
    values = read_person(person, today=clock.today(row.epci))
    if (row.channel, row.contact) != (values["channel"], values["contact"]):
        try_again(row)
    return save_row(row, values, event="booking.appointment_corrected", actor=actor, epci=row.epci.siren)


@transaction.atomic
def cancel_appointment(
    *, actor: Actor, appointment: Appointment, by: CancelledBy, reason: str = "", waits: bool = False
) -> Appointment:
    """Cancel an appointment, at any time; its slots are offered at once to whoever waits.

    Whoever is not the person has to tell them. What the service cancels is offered to nobody. The person `waits` again if they
    wish, and always when the service cancels.
    """
    row = lock_appointment(appointment)
    require_appointment(actor, row)
    words = " ".join(reason.split())
    if refusal := text_refusal(words, today=clock.today(row.epci), most=MOST_LETTERS):
        raise refuse("reason", refusal)
    give_up(actor=actor, row=row, by=by, reason=words)
    if row.visit is not None and by is not CancelledBy.SERVICE:
        offer_slots(actor=actor, visit=row.visit, numbers=row.numbers)
    if waits and by is not CancelledBy.SERVICE:
        # Only now: the slot that they gave up is not offered to them again.
        _wait_again(row)
    return row


def give_up(*, actor: Actor, row: Appointment, by: CancelledBy, reason: str) -> None:
    """Cancel an appointment that is held by the transaction; its slots are free."""
    row.cancelled_by, row.reason = by.value, reason
    _step(row, AppointmentState.CANCELLED)
    row.held_slots.all().delete()
    events.record("booking.appointment_cancelled", actor=actor, epci=row.epci.siren, subject=row, visit=row.visit_id, by=by.value)
    if by is CancelledBy.PERSON:
        need_not_learn(row)
    else:
        must_learn(row, Change.CANCELLED)
    if by is CancelledBy.SERVICE:
        _wait_again(row)


@transaction.atomic
def mark_honoured(*, actor: Actor, appointment: Appointment) -> Appointment:
    """Say that the person came."""
    return _mark(actor, appointment, AppointmentState.HONOURED)


@transaction.atomic
def mark_absent(*, actor: Actor, appointment: Appointment) -> Appointment:
    """Say that the person did not come."""
    return _mark(actor, appointment, AppointmentState.ABSENT)


def _mark(actor: Actor, appointment: Appointment, state: AppointmentState) -> Appointment:
    row = lock_appointment(appointment)
    require_appointment(actor, row)
    if row.state == state:
        return row
    if row.day > clock.today(row.epci):
        raise refuse("state", "Ce rendez-vous n’a pas encore eu lieu ; on peut le corriger ou l’annuler.")
    _step(row, state)
    events.record("booking.appointment_marked", actor=actor, epci=row.epci.siren, subject=row, state=state.value)
    return row


def _step(row: Appointment, state: AppointmentState) -> None:
    before = AppointmentState(row.state)
    if (before, state) not in APPOINTMENT_STEPS:
        raise refuse("state", f"Ce rendez-vous est noté « {APPOINTMENT_STATES[before]} » ; recharger la page.")
    row.state, row.state_at = state.value, clock.moment(row.epci)
    row.save(update_fields=["state", "state_at", "cancelled_by", "reason"])


def _wait_again(row: Appointment) -> None:
    """Give the person of an appointment their place in the list: nobody who still asks is lost."""
    if row.person_forgotten or row.contact_forgotten:
        return
    waiting = {**copied_from(row), "state": DemandeState.WAITING.value, "outcome": "", "closed_at": None}
    if row.demande is not None:
        Demande.objects.filter(pk=row.demande.pk).update(**waiting, contact_forgotten=False, person_forgotten=False)
        return
    row.demande = Demande.objects.create(
        **waiting,
        epci=row.epci,
        commune=row.asking,
        slot_count=row.slot_count,
        asked_at=row.asked_at,
        written_at=clock.moment(row.epci),
        written_by=row.written_by,
        written_as=row.written_as,
        transmitted_at=row.transmitted_at,
    )
    row.save(update_fields=["demande"])
