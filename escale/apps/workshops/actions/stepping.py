"""Open a workshop to registrations, or give it up."""

from __future__ import annotations

from django.db import transaction

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.booking.people import text_refusal
from escale.apps.territory import clock
from escale.apps.territory.saving import refuse
from escale.apps.workshops.actions.telling import must_learn
from escale.apps.workshops.checking import refuse_past
from escale.apps.workshops.labels import WORKSHOP_STATES
from escale.apps.workshops.locking import lock_workshop
from escale.apps.workshops.models import Workshop
from escale.core.booking.sensitive import MOST_LETTERS
from escale.core.workshops.states import WORKSHOP_STEPS, News, WorkshopState


@transaction.atomic
def open_workshop(*, actor: Actor, workshop: Workshop) -> Workshop:
    """Announce a workshop to its communes, whose desks may register people."""
    row = lock_workshop(workshop.pk)
    require(actor, "workshops.manage", row)
    if row.is_open:
        return row
    refuse_past(row.epci, row.date)
    step_to(row, WorkshopState.OPEN)
    events.record("workshops.opened", actor=actor, epci=row.epci.siren, subject=row)
    return row


@transaction.atomic
def open_cycle(*, actor: Actor, workshop: Workshop) -> list[Workshop]:
    """Announce every session of a cycle that is prepared and still to come; return those that are open now."""
    require(actor, "workshops.manage", workshop)
    today = clock.today(workshop.epci)
    rows = Workshop.objects.filter(cycle=workshop.cycle, epci=workshop.epci, state=WorkshopState.DRAFT.value).from_day(today)
    return [open_workshop(actor=actor, workshop=row) for row in rows] if workshop.cycle else []


@transaction.atomic
def cancel_workshop(*, actor: Actor, workshop: Workshop, reason: str) -> Workshop:
    """Give a workshop up: the half-day, the kit and the people are free, and everyone is told."""
    row = lock_workshop(workshop.pk)
    require(actor, "workshops.manage", row)
    words = " ".join(reason.split())
    if not words:
        raise refuse("reason", "Dire en quelques mots pourquoi : les mairies le liront.")
    if refusal := text_refusal(words, today=clock.today(row.epci), most=MOST_LETTERS):
        raise refuse("reason", refusal)
    was_open = row.is_open
    row.reason, row.sequence = words, row.sequence + 1
    step_to(row, WorkshopState.CANCELLED)
    row.holds.all().delete()
    people = must_learn(row, News.CANCELLED) if was_open else []
    events.record("workshops.cancelled", actor=actor, epci=row.epci.siren, subject=row, registrations=people)
    return row


def step_to(workshop: Workshop, state: WorkshopState) -> None:
    """Move a workshop that is held by the transaction to a state. Raise ValidationError for a step that is not in the table."""
    before = WorkshopState(workshop.state)
    if (before, state) not in WORKSHOP_STEPS:
        raise refuse("state", f"Cet atelier est noté « {WORKSHOP_STATES[before]} » ; recharger la page.")
    workshop.state, workshop.state_at = state.value, clock.moment(workshop.epci)
    workshop.save()
