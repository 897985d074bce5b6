"""Open a dispute and take it further, step by step: amicable first (art. 9); it may open after the end of the convention."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from escale.apps.audit.actors import Actor
from escale.apps.conventions import journal
from escale.apps.conventions.actions.opening import beside, keep, lock, refused, require_dates
from escale.apps.conventions.models import Convention, Litige, LitigeStep
from escale.core.convention.cycles.dispute import DISPUTE, DisputeState, DisputeTrigger


@transaction.atomic
def open_dispute(*, actor: Actor, convention: Convention, subject: str, opened_on: dt.date, proof: str = "") -> Litige:
    """Open a dispute on a convention that has been in force."""
    locked = lock(actor, "conventions.decide", convention)
    require_dates(locked, proof, opened_on=opened_on)
    if locked.notified_on is None or opened_on < locked.notified_on:
        raise refused("opened_on", "E_NOT_IN_FORCE", "Un litige porte sur une convention qui a pris effet.")
    row = keep(Litige(), convention=locked, subject=subject.strip(), opened_on=opened_on)
    journal.record("conventions.dispute_opened", actor=actor, convention=locked, on=opened_on, litige=row.pk)
    return row


@transaction.atomic
def take_dispute_step(
    *, actor: Actor, litige: Litige, trigger: DisputeTrigger, on: dt.date, note: str = "", proof: str = ""
) -> LitigeStep:
    """Take a dispute one step further; `note` says the urgency or the impossibility of a bypass, or which judgment was given."""
    locked = lock(actor, "conventions.decide", litige.convention)
    require_dates(locked, proof, on=on)
    last = litige.steps.order_by("-number").first()
    if on < (last.on if last else litige.opened_on):
        raise refused("on", "E_BACKWARDS", "Cette étape précède la dernière ; corriger la date.")
    with beside("note"):
        step = DISPUTE.step(dispute_state(litige), trigger)
        for guard in step.guards:
            if not note.strip():
                raise guard.refused()
    row = keep(
        LitigeStep(),
        litige=litige,
        number=last.number + 1 if last else 1,
        state=step.target.value,
        on=on,
        note=note.strip(),
    )
    told = {"litige": litige.pk, "state": row.state}
    journal.record("conventions.dispute_step", actor=actor, convention=locked, on=on, **told)
    return row


def dispute_state(litige: Litige) -> DisputeState:
    """Return where a dispute stands."""
    last = litige.steps.order_by("-number").first()
    return DisputeState(last.state) if last else DisputeState.OPEN
