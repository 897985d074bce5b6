"""Periods as plain pairs of days, both included, open where None stands: thousands are read for a country."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from escale.core.convention.dates import ONE_DAY

Span = tuple[dt.date | None, dt.date | None]


def holds(span: Span, day: dt.date) -> bool:
    """Tell whether a period holds on a day."""
    first, last = span
    return (first is None or first <= day) and (last is None or day <= last)


def last_day_of(spans: Iterable[Span], on: dt.date) -> dt.date | None:
    """Return the last day until which periods follow each other without a gap from a day that one of them holds; None: no end."""
    known = list(spans)
    last = on
    while True:
        reached = last
        for first, end in known:
            if (first is None or first <= last) and (end is None or last <= end):
                if end is None:
                    return None
                reached = max(reached, end + ONE_DAY)
        if reached == last:
            return last - ONE_DAY
        last = reached


def last_before(spans: Sequence[Span], on: dt.date) -> dt.date | None:
    """Return the last day of the latest period that is over; None when none is."""
    return max((end for _, end in spans if end is not None and end < on), default=None)
