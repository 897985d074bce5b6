"""Someone of the team takes an urgency, solves it or says who else can, and closes it with a word to the commune (art. 4)."""

from __future__ import annotations

from django.db import transaction

from escale.apps.audit.actors import Actor, require
from escale.apps.team.models import Mediator
from escale.apps.territory.saving import refuse
from escale.apps.urgencies.actions.stepping import locked, note_step, now_of, plain_words, require_step
from escale.apps.urgencies.models import Request
from escale.apps.urgencies.telling import tell_mairie
from escale.core.urgencies.life import OutOfScope, StepKind, UrgencyState


@transaction.atomic
def answer_urgency(*, actor: Actor, request: Request) -> Request:
    """Say that one has called back and takes it: the first answer is timed. What was solved and is back is taken again."""
    row = _taken(actor, request, UrgencyState.ANSWERED)
    now = now_of(row)
    row.state, row.solved_at, row.pass_on_at = UrgencyState.ANSWERED.value, None, None
    row.answered_at = row.answered_at or now
    row.save(update_fields=["state", "answered_at", "solved_at", "pass_on_at"])
    note_step(row, StepKind.ANSWERED, actor=actor, at=now, mediator=_mediator(actor))
    return row


@transaction.atomic
def solve_urgency(*, actor: Actor, request: Request) -> Request:
    """Say that it works again: the solution is timed."""
    row = _taken(actor, request, UrgencyState.SOLVED)
    row.state, row.solved_at = UrgencyState.SOLVED.value, now_of(row)
    row.save(update_fields=["state", "solved_at"])
    note_step(row, StepKind.SOLVED, actor=actor, at=row.solved_at, mediator=_mediator(actor))
    return row


@transaction.atomic
def turn_away_urgency(*, actor: Actor, request: Request, reason: OutOfScope, word: str) -> Request:
    """Say that it is no first-level matter, why, and to the commune who else can."""
    row = _taken(actor, request, UrgencyState.TURNED_AWAY)
    now = now_of(row)
    row.last_word = _word(row, word)
    row.state, row.out_of_scope, row.closed_at, row.pass_on_at = UrgencyState.TURNED_AWAY.value, reason.value, now, None
    row.answered_at = row.answered_at or now
    row.save(update_fields=["state", "out_of_scope", "last_word", "closed_at", "answered_at", "pass_on_at"])
    note_step(row, StepKind.TURNED_AWAY, actor=actor, at=now, mediator=_mediator(actor))
    tell_mairie(row)
    return row


@transaction.atomic
def close_urgency(*, actor: Actor, request: Request, word: str) -> Request:
    """Close what is solved with a word to the commune."""
    row = _taken(actor, request, UrgencyState.CLOSED)
    row.last_word = _word(row, word)
    row.state, row.closed_at = UrgencyState.CLOSED.value, now_of(row)
    row.save(update_fields=["state", "last_word", "closed_at"])
    note_step(row, StepKind.CLOSED, actor=actor, at=row.closed_at, mediator=_mediator(actor))
    tell_mairie(row)
    return row


def _taken(actor: Actor, request: Request, after: UrgencyState) -> Request:
    row = locked(request)
    require(actor, "urgencies.answer", row)
    require_step(row, after)
    return row


def _word(row: Request, text: str) -> str:
    word = plain_words("word", text, now_of(row).date())
    if not word:
        raise refuse("word", "Écrire un mot à la mairie : ce qui a été fait, ou qui appeler.")
    return word


def _mediator(actor: Actor) -> Mediator | None:
    key = actor.actor_id.removeprefix("user:")
    return Mediator.objects.filter(user=int(key)).first() if key.isdecimal() else None
