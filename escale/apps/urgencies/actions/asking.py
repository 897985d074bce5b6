"""A commune asks for help at once, and whoever is on call is told (art. 4)."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from escale.apps.audit.actors import Actor, require
from escale.apps.territory import clock
from escale.apps.territory.catalogue import URGENCY_PASS_ON_MINUTES
from escale.apps.territory.models import Commune
from escale.apps.territory.parameters import read_phone
from escale.apps.territory.queries import epci_of, value_of
from escale.apps.territory.saving import refuse
from escale.apps.urgencies.actions.passing import escalate
from escale.apps.urgencies.actions.stepping import locked, note_step, now_of, plain_words, require_step
from escale.apps.urgencies.models import Request
from escale.apps.urgencies.roster import Duty, on_call
from escale.apps.urgencies.telling import tell_mediator
from escale.core.urgencies.life import Matter, StepKind, UrgencyState


@transaction.atomic
def ask_urgency(
    *, actor: Actor, commune: Commune, matter: Matter, call_back: str, words: str = "", key: uuid.UUID | None = None
) -> Request:
    """Describe what does not work and whom to call back; `key` makes a second click the same request."""
    require(actor, "urgencies.ask", commune)
    epci = epci_of(commune, clock.today())
    if epci is None:
        raise refuse("commune", f"{commune} n’est dans aucun EPCI aujourd’hui ; la demande n’aurait pas de réponse.")
    # Two clicks at the same moment: the second waits here, then finds the first.
    Commune.objects.select_for_update().get(pk=commune.pk)
    if key is not None and (done := Request.objects.filter(uid=key, commune=commune).first()) is not None:
        return done
    now = clock.moment(epci)
    duty = on_call(epci, now)
    row = Request(
        uid=key or uuid.uuid4(),
        epci=epci,
        commune=commune,
        matter=matter.value,
        words=plain_words("words", words, now.date()),
        call_back=_phone(call_back),
        asked_by=actor.actor_id,
        asked_at=now,
        told=duty.first.mediator if duty and duty.first else None,
        in_field=duty is not None and duty.is_now and duty.in_field,
    )
    if duty is not None and row.told is not None:
        row.pass_on_at = _watched_from(duty, now) + dt.timedelta(minutes=value_of(epci, URGENCY_PASS_ON_MINUTES))
    row.full_clean()
    row.save()
    note_step(row, StepKind.ASKED, actor=actor, at=now)
    if row.told is None:
        escalate(row, actor=actor, at=now)
    else:
        note_step(row, StepKind.TOLD, actor=actor, at=now, mediator=row.told)
        tell_mediator(row, row.told, StepKind.TOLD)
    return row


@transaction.atomic
def withdraw_urgency(*, actor: Actor, request: Request) -> Request:
    """Say that the commune no longer asks: it works again."""
    row = locked(request)
    require(actor, "urgencies.ask", row.commune)
    require_step(row, UrgencyState.WITHDRAWN)
    now = now_of(row)
    row.state, row.closed_at, row.pass_on_at = UrgencyState.WITHDRAWN.value, now, None
    row.save(update_fields=["state", "closed_at", "pass_on_at"])
    note_step(row, StepKind.WITHDRAWN, actor=actor, at=now)
    return row


def _watched_from(duty: Duty, now: dt.datetime) -> dt.datetime:
    """Return from when an answer is awaited: now, or the beginning of the next half-day on call."""
    return now if duty.is_now else dt.datetime.combine(duty.when.day, duty.when.hours.starts, tzinfo=now.tzinfo)


def _phone(text: str) -> str:
    try:
        return read_phone(text)
    except ValueError as error:
        raise refuse("call_back", str(error)) from None
