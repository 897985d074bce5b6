"""Within how many days a request gets its appointment, with those that still wait counted for the time that they have waited."""

from __future__ import annotations

from escale.core.evaluation.counts import Waits

OPEN_SHARE = 0.10
"""Beyond this share of open requests, leaving them out would flatter: they count as still waiting (Kaplan and Meier 1958)."""


def days_within(waits: Waits, share: float) -> int | None:
    """Return the days within which `share` of the requests get their appointment; None when too few have one yet.

    A request that still waits after d days is known to take at least d: it counts among those at risk up to that day.
    """
    served, waiting = waits.served, waits.waiting
    left_out = sum(waiting.values()) <= OPEN_SHARE * (sum(served.values()) + sum(waiting.values()))
    at_risk = sum(served.values()) + (0 if left_out else sum(waiting.values()))
    still = 1.0
    for day in sorted({*served, *waiting}):
        if at_risk and served.get(day):
            still *= 1 - served[day] / at_risk
            if 1 - still >= share - 1e-12:
                return day
        at_risk -= served.get(day, 0) + (0 if left_out else waiting.get(day, 0))
    return None
