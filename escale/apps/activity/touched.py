"""Say that something was written of a month in a commune: its counts are stale from this very transaction on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from escale.apps.activity.models import Record, Tally, TouchedMonth
from escale.apps.visits.models import Visit

Place = tuple[int, int, dt.date]
"""An EPCI, a commune (their keys) and the first day of a month."""


def place_of(row: Record | Tally | Visit) -> Place:
    """Return where and when a row counts, as it stands now."""
    return row.epci_id, row.commune_id, row.date.replace(day=1)


def mark_touched(places: Iterable[Place]) -> None:
    """Mark some months of communes; whoever writes a record or a tap calls this in the same transaction."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a month is marked in the transaction that writes of it")
    rows = [TouchedMonth(epci_id=epci, commune_id=commune, month=month) for epci, commune, month in sorted(set(places))]
    TouchedMonth.objects.bulk_create(rows, batch_size=500)
