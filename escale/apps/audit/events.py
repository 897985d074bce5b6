"""Record what an action did: one line in the audit log, then the effects of the event."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction

from escale.apps.audit.actors import Actor
from escale.apps.audit.effects import effects_of
from escale.apps.audit.models import Entry

PERSONAL = frozenset({"email", "password", "phone", "first_name", "last_name", "address"})
"""Details that the log never holds: it outlives the erasure of a person, who is found by the subject alone."""


def record(event: str, *, actor: Actor, epci: str | None, subject: models.Model | str, **details: Any) -> Entry:
    """Write an entry and run the effects of its event, inside the transaction of the action.

    `epci` is a SIREN, None for what concerns the whole installation. `details` are JSON values without personal data.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(f"{event}: an event is recorded inside the transaction of its action")
    if personal := PERSONAL & details.keys():
        raise ValueError(f"{event}: no personal data in the audit log ({', '.join(sorted(personal))})")
    kind, key = _name_of(subject)
    entry = Entry.objects.create(
        event=event, actor=actor.actor_id, epci=epci or "", subject_type=kind, subject_id=key, details=details
    )
    for effect in effects_of(event):
        effect.follow(entry)
    return entry


def _name_of(subject: models.Model | str) -> tuple[str, str]:
    if isinstance(subject, str):
        return "", subject
    return subject._meta.label_lower, str(subject.pk)
