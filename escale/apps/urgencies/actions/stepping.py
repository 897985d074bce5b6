"""What every step of an urgency shares: the row that is held, the table that allows it, the line that it leaves."""

from __future__ import annotations

import datetime as dt

from escale.apps.audit import events
from escale.apps.audit.actors import Actor
from escale.apps.team.models import Mediator
from escale.apps.territory import clock
from escale.apps.territory.saving import refuse
from escale.apps.urgencies.labels import STATES
from escale.apps.urgencies.models import Request, Step
from escale.core.booking.sensitive import REASONS, find_sensitive
from escale.core.urgencies.life import StepKind, UrgencyState, allows


def locked(request: Request) -> Request:
    """Return a request as it is now; it does not change until the transaction ends."""
    rows = Request.objects.select_for_update(of=("self",))
    return rows.select_related("epci", "commune", "told__user").get(pk=request.pk)


def require_step(row: Request, after: UrgencyState) -> None:
    """Refuse a step that the table does not hold: someone else was there first."""
    if not allows(UrgencyState(row.state), after):
        raise refuse("state", f"Cette demande est déjà notée « {STATES[UrgencyState(row.state)]} » ; recharger la page.")


def note_step(row: Request, kind: StepKind, *, actor: Actor, at: dt.datetime, mediator: Mediator | None = None) -> None:
    """Keep what happened, and record its event."""
    Step.objects.create(request=row, kind=kind.value, at=at, by=actor.actor_id, mediator=mediator)
    minutes = int((at - row.asked_at).total_seconds() // 60)
    details = {"step": kind.value, "matter": row.matter, "commune": row.commune.code, "minutes": minutes}
    events.record("urgencies.stepped", actor=actor, epci=row.epci.siren, subject=row, **details)


def plain_words(field: str, text: str, today: dt.date) -> str:
    """Return a short text. Raise ValidationError, under its field, for what must not be stored."""
    words = " ".join(text.split())
    found = find_sensitive(words, today=today)
    if found is not None:
        raise refuse(field, REASONS[found])
    return words


def now_of(row: Request) -> dt.datetime:
    """Return this moment where the EPCI of a request lives, never before the request."""
    return max(clock.moment(row.epci), row.asked_at)
