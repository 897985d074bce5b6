"""The commune makes a half-day ready (art. 3-1 and 7), and says so; it may also take its word back."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction

from escale.apps.audit.actors import Actor, require
from escale.apps.territory import clock
from escale.apps.territory.parameters import read_phone
from escale.apps.territory.saving import refuse
from escale.apps.visits.actions.stepping import check_step, lock, save_visit, take_step, tell
from escale.apps.visits.answers import PreparationAnswers
from escale.apps.visits.models import Preparation, Visit
from escale.apps.visits.texts import read_words
from escale.core.visits.life import VisitState

OPENER_LETTERS = 120


@transaction.atomic
def confirm_visit(*, actor: Actor, visit: Visit, preparation: PreparationAnswers) -> Visit:
    """Say that the commune expects the half-day, and what it made ready; said again, the answers are those of now.

    What is not ready is not refused: it tells the mediator what to bring, and the mairie what is left to do.
    """
    require(actor, "visits.prepare", visit)
    row = lock(visit)
    today = clock.today(row.epci)
    if row.date < today:
        raise refuse("state", "Ce passage est derrière nous ; il n’y a plus rien à préparer.")
    values = {
        **asdict(preparation),
        "opener": read_words("opener", preparation.opener, today=today, most=OPENER_LETTERS),
        "opener_phone": _phone(preparation.opener_phone),
        "written_by": actor.actor_id,
        "written_at": clock.moment(row.epci),
    }
    is_new = row.state != VisitState.CONFIRMED
    if is_new:
        take_step(row, VisitState.CONFIRMED)
        save_visit(row)
    Preparation.objects.update_or_create(visit=row, defaults=values)
    missing = sorted(name for name, value in asdict(preparation).items() if value is False)
    tell("visits.confirmed", actor=actor, visit=row, again=not is_new, missing=missing)
    return row


@transaction.atomic
def withdraw_confirmation(*, actor: Actor, visit: Visit) -> Visit:
    """Take the word of the commune back: the half-day is planned still, and nothing is ready."""
    require(actor, "visits.prepare", visit)
    row = lock(visit)
    check_step(row, VisitState.PLANNED)
    take_step(row, VisitState.PLANNED)
    save_visit(row)
    Preparation.objects.filter(visit=row).delete()
    tell("visits.confirmation_withdrawn", actor=actor, visit=row)
    return row


def _phone(text: str) -> str:
    if not text.strip():
        return ""
    try:
        return read_phone(text)
    except ValueError as error:
        raise refuse("opener_phone", str(error)) from error
