"""Count records and taps by commune and month, in one reading of the rows that are asked for."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.db.models import Q, Sum

from escale.apps.activity.models import Record, Tally
from escale.apps.activity.touched import Place
from escale.core.activity.figures import COLUMNS, DAYS_TO_TELL, Counting, Figures

AT_ONCE = 2_000
PLACED = ("epci", "commune", "date", "visit", "entered_at", "had_appointment", "epci__time_zone")
"""Where and when a record counts."""


def reckon(where: Q) -> dict[Place, Figures]:
    """Return the counts of each commune and month of which some rows are.

    `where` is on columns that records and taps share; for a commune and a month it takes all rows or none.
    """
    found: defaultdict[Place, Counting] = defaultdict(Counting)
    rows = Record.objects.standing().filter(where).order_by()
    wanted = rows.values_list(*PLACED, *COLUMNS, named=True)
    for row in wanted.iterator(chunk_size=AT_ONCE):
        found[row.epci, row.commune, row.date.replace(day=1)].add_record(
            row,
            by_appointment=row.had_appointment,
            visit=row.visit,
            in_time=row.entered_at < _end_of_time(row.date, row.epci__time_zone),
        )
    taps = Tally.objects.filter(where).order_by().values_list("epci", "commune", "date", "kind", "reason")
    for epci, commune, date, kind, reason, delta in taps.annotate(total=Sum("delta")).iterator(chunk_size=AT_ONCE):
        found[epci, commune, date.replace(day=1)].add_taps(kind, reason, delta)
    return {place: counting.figures for place, counting in found.items()}


@lru_cache(maxsize=1024)
def _end_of_time(day: dt.date, zone: str) -> dt.datetime:
    """Return the moment from which a half-day is told too late (F10)."""
    return dt.datetime.combine(day + dt.timedelta(days=DAYS_TO_TELL + 1), dt.time.min, tzinfo=ZoneInfo(zone))
