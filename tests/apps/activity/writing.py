"""What a mediator writes down, with little typing."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from escale.apps.visits.models import Visit
from escale.core.activity.entries import Batch
from escale.core.activity.parsing import parse_batch
from escale.core.activity.records import RecordEntry
from escale.core.activity.vocabulary import AgeBand, Theme

AT_FOUR = dt.datetime(2027, 1, 5, 15, 0, tzinfo=dt.UTC)


def entry(visit: Visit | None, **fields: Any) -> RecordEntry:
    """Someone of sixty-odd years who asked about e-mail for a quarter of an hour."""
    plain: dict[str, Any] = {"key": uuid.uuid4(), "visit": visit.uid if visit else None, "entered_at": AT_FOUR, "minutes": 15}
    return RecordEntry(**{**plain, "themes": frozenset({Theme.EMAIL}), "age": AgeBand.FROM_60, **fields})


def item(visit: Visit, sort: str = "record", **fields: Any) -> dict[str, Any]:
    """The same as a device sends it."""
    plain: dict[str, Any] = {"sort": sort, "key": str(uuid.uuid4()), "visit": str(visit.uid), "entered_at": AT_FOUR.isoformat()}
    return {**plain, **({"minutes": 15, "themes": ["email"]} if sort == "record" else {}), **fields}


def batch(*items: dict[str, Any], key: uuid.UUID | None = None, sent_at: dt.datetime = AT_FOUR) -> Batch:
    """What a device sends at once."""
    return parse_batch({"key": str(key or uuid.uuid4()), "sent_at": sent_at.isoformat(), "items": list(items)})
