"""Two versions of one record: the one that a device sends is held beside the one that stands, until their author chooses."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from escale.apps.activity.models import Conflict, Record
from escale.core.activity.parsing import fields_of
from escale.core.activity.records import RecordEntry

OF_THE_SENDING = ("version", "entered_at", "asked_at")
"""Fields in which two sendings of one version may differ."""


def hold_beside(record: Record, entry: RecordEntry, *, at: dt.datetime) -> Conflict | None:
    """Hold a version that differs from the one that stands; None when the author has chosen since this one was typed.

    Typed again after a choice, it is held again.
    """
    given = dict(fields_of(entry))
    held, is_new = Conflict.objects.get_or_create(
        record=record, fingerprint=_fingerprint(given), defaults={"given": given, "noted_at": at}
    )
    if is_new or held.settled_at is None:
        return held
    if held.given["entered_at"] == given["entered_at"]:
        return None
    held.given, held.noted_at, held.settled_at = given, at, None
    held.save()
    return held


def note_the_choice(record: Record, *, at: dt.datetime) -> None:
    """Note that the author of a record chose among its versions: none waits any more."""
    record.conflicts.filter(settled_at__isnull=True).update(settled_at=at)


def _fingerprint(given: Mapping[str, Any]) -> str:
    said = {name: value for name, value in given.items() if name not in OF_THE_SENDING}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
