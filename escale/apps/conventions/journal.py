"""Write the journal of a convention, and check that nobody has touched it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from escale.apps.audit import events
from escale.apps.audit.actors import Actor
from escale.apps.audit.events import PERSONAL
from escale.apps.conventions.models import Convention, JournalEntry


def record(event: str, *, actor: Actor, convention: Convention, on: dt.date, **details: Any) -> JournalEntry:
    """Write what an action did to a convention, in its journal and in the audit log, and run the effects of the event.

    Call it in the transaction of the action, which holds the lock of the convention: lines are numbered one after the other.
    """
    if personal := PERSONAL & details.keys():
        raise ValueError(f"{event}: no personal data in the journal ({', '.join(sorted(personal))})")
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(f"{event}: a line is written inside the transaction of its action")
    told = json.loads(_written(details))
    last = JournalEntry.objects.filter(convention=convention).order_by("-number").first()
    entry = JournalEntry(
        convention=convention,
        number=last.number + 1 if last else 1,
        at=timezone.now(),
        on=on,
        event=event,
        actor=actor.actor_id,
        details=told,
        previous_sha256=last.sha256 if last else "",
    )
    entry.sha256 = fingerprint(entry)
    entry.full_clean()
    entry.save(force_insert=True)
    events.record(event, actor=actor, epci=convention.epci.siren, subject=convention, on=on.isoformat(), **told)
    return entry


def fingerprint(entry: JournalEntry) -> str:
    """Return the hash of a line, which holds that of the line before."""
    told = [
        entry.convention_id,
        entry.number,
        entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        entry.on.isoformat(),
        entry.event,
        entry.actor,
        entry.details,
        entry.previous_sha256,
    ]
    return hashlib.sha256(_written(told).encode()).hexdigest()


def first_broken_line(convention: Convention) -> int | None:
    """Return the number of the first line that is not what was written, or that is missing; None when the chain holds."""
    previous = ""
    for expected, entry in enumerate(JournalEntry.objects.filter(convention=convention).order_by("number"), start=1):
        if entry.number != expected or entry.previous_sha256 != previous or entry.sha256 != fingerprint(entry):
            return expected
        previous = entry.sha256
    return None


def _written(value: object) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
