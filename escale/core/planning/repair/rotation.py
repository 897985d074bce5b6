"""Reduced service: whose turn it is when a post is vacant and a month cannot serve everyone."""

from __future__ import annotations

from itertools import chain

from escale.core.calendar.months import Month
from escale.core.planning.problem import Commune
from escale.core.planning.repair.draft import Draft


def months_waited(draft: Draft, commune: Commune, month: Month) -> int:
    """Return how many months ago a commune had its last visit, make-ups included: 1 when it had one the month before."""
    entries = chain(draft.of(commune.code), (m for m in draft.make_ups if m.commune == commune.code))
    dates = [*commune.before, *(entry.date for entry in entries)]
    last = max((day for day in dates if day < month.first), default=None)
    if last is not None:
        return month.index - Month.of(last).index
    joined = max(commune.starts, draft.problem.months[0].first)
    return max(1, month.index - Month.of(joined).index + 1)


def turn(draft: Draft, commune: Commune, month: Month, *, still_valid: bool) -> tuple[int, bool, int, str]:
    """Return the key that sorts communes by whose turn it is (outcome.REDUCED_SERVICE_RULE tells it in words)."""
    first = draft.problem.months[0].first
    had = sum(first <= visit.date < month.first for visit in draft.of(commune.code))
    return -months_waited(draft, commune, month), not still_valid, had, commune.code
