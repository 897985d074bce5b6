"""What nobody answers is passed on: to the colleague, then to the coordination (art. 4). Safe to run twice, or twice at once."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from escale.apps.audit.actors import Actor, require
from escale.apps.team.models import Mediator
from escale.apps.territory import clock
from escale.apps.territory.catalogue import URGENCY_PASS_ON_MINUTES
from escale.apps.territory.queries import value_of
from escale.apps.urgencies.actions.stepping import locked, note_step
from escale.apps.urgencies.models import Request
from escale.apps.urgencies.roster import on_call
from escale.apps.urgencies.telling import tell_coordination, tell_mediator
from escale.core.urgencies.life import StepKind, UrgencyState


def pass_on_unanswered(*, actor: Actor, now: dt.datetime) -> int:
    """Pass on each request whose time is over at a moment; return how many were."""
    require(actor, "urgencies.pass_on", "installation")
    due = Request.objects.unanswered().filter(pass_on_at__lte=now).order_by("pass_on_at", "pk")
    return sum(_pass_on(actor, row, now) for row in due)


@transaction.atomic
def _pass_on(actor: Actor, request: Request, now: dt.datetime) -> bool:
    row = locked(request)
    # Someone answered meanwhile, or another round was here first.
    if not row.is_unanswered or row.pass_on_at is None or row.pass_on_at > now:
        return False
    wait = dt.timedelta(minutes=value_of(row.epci, URGENCY_PASS_ON_MINUTES))
    colleague = _colleague(row, row.pass_on_at - wait) if row.state == UrgencyState.ASKED else None
    if colleague is None:
        escalate(row, actor=actor, at=now)
        return True
    row.state, row.told, row.pass_on_at = UrgencyState.PASSED_ON.value, colleague, now + wait
    row.save(update_fields=["state", "told", "pass_on_at"])
    note_step(row, StepKind.PASSED_ON, actor=actor, at=now, mediator=colleague)
    tell_mediator(row, colleague, StepKind.PASSED_ON)
    return True


def escalate(row: Request, *, actor: Actor, at: dt.datetime) -> None:
    """Put a request before the coordination; call it in the transaction of an action that holds the row."""
    row.state, row.pass_on_at = UrgencyState.WITH_COORDINATION.value, None
    row.save(update_fields=["state", "pass_on_at"])
    note_step(row, StepKind.ESCALATED, actor=actor, at=at)
    tell_coordination(row)


def _colleague(row: Request, watched_from: dt.datetime) -> Mediator | None:
    """Return who was called second in the half-day of the request."""
    duty = on_call(row.epci, watched_from.astimezone(clock.moment(row.epci).tzinfo))
    people = duty.people if duty else ()
    return next((each.mediator for each in people if each.mediator.pk != row.told_id), None)
