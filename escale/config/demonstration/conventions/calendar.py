"""When each of the forty-four conventions went through its steps: councils from February 2025 on, the last letter in December."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from escale.config.demonstration.conventions.scene import working_day_from, working_day_until

FROZEN_ON = dt.date(2025, 2, 3)
"""All texts were sent to the Bureau at once."""
FIRST, LAST = dt.date(2025, 3, 17), dt.date(2025, 12, 12)
AUGUST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """The days of one convention, in the order in which they come."""

    voted: dt.date
    transmitted: dt.date
    published: dt.date
    signed_by_commune: dt.date
    signed_by_epci: dt.date
    sent: dt.date
    delivered: dt.date


def steps_of(rank: int, count: int) -> Steps:
    """Return the days of the convention of a rank: notified between the first and the last day, one after the other."""
    delivered = working_day_from(FIRST + (LAST - FIRST) * rank // max(count - 1, 1))
    voted = working_day_until(delivered - dt.timedelta(days=19 + 7 * (rank % 3)))
    if voted.month == AUGUST:
        # No council meets in August.
        voted = working_day_until(voted - dt.timedelta(weeks=6))
    return Steps(
        voted=voted,
        transmitted=_after(voted, 2),
        published=_after(voted, 5),
        signed_by_commune=_after(voted, 8),
        signed_by_epci=_after(voted, 12),
        sent=working_day_until(delivered - dt.timedelta(days=3)),
        delivered=delivered,
    )


def _after(day: dt.date, days: int) -> dt.date:
    return working_day_from(day + dt.timedelta(days=days))
