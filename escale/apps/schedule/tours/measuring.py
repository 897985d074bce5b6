"""`tour capacity`: places and needs month by month, under each reading of article 4, and what would change them."""

from __future__ import annotations

import argparse
import time
from typing import Any

from escale.apps.schedule.answers import unserved_to
from escale.apps.schedule.tours.moments import begun
from escale.apps.schedule.tours.periods import dated
from escale.apps.schedule.tours.reporting import Result
from escale.apps.schedule.tours.sources import problem_of
from escale.core.planning.capacity import (
    Capacity,
    LeaveRequest,
    MonthCapacity,
    capacity,
    capacity_by_reading,
    leave_effects,
    with_more_communes,
    with_more_mediators,
)


def run(options: argparse.Namespace) -> Result:
    """Measure, and say it month by month."""
    start = begun()
    problem = problem_of(options)
    now = capacity(problem)
    requests = [
        LeaveRequest(mediator=who, starts=starts, ends=ends) for who, starts, ends in map(dated("--leave"), options.leave)
    ]
    effects = leave_effects(problem, requests)
    return Result(
        lines=(now.words, *(month.words for month in now.months), *(effect.words for effect in effects)),
        answer={
            **_written(now),
            "readings": {reading.value: _written(found) for reading, found in capacity_by_reading(problem).items()},
            "more_communes": _short(options.more_communes, with_more_communes(problem, options.more_communes)),
            "more_mediators": _short(options.more_mediators, with_more_mediators(problem, options.more_mediators)),
            "leave": [
                {
                    "mediator": effect.request.mediator,
                    "from": effect.request.starts.isoformat(),
                    "to": effect.request.ends.isoformat(),
                    "breaks_alone": [str(month.month) for month in effect.alone],
                    "breaks_in_turn": [str(month.month) for month in effect.in_turn],
                    "words": effect.words,
                }
                for effect in effects
            ],
            "seconds": round(time.monotonic() - start, 2),
        },
    )


def _written(found: Capacity) -> dict[str, Any]:
    return {
        "kept": found.kept,
        "windows": [str(window) for window in sorted(found.windows)],
        "months": [_month(month) for month in found.months],
        "unserved": unserved_to(found.unserved),
        "words": found.words,
    }


def _month(month: MonthCapacity) -> dict[str, Any]:
    return {
        "month": str(month.month),
        "places": month.places,
        "needs": month.needs,
        "spare": month.spare,
        "unserved": len(month.unserved),
    }


def _short(number: int, found: Capacity) -> dict[str, Any]:
    return {
        "number": number,
        "kept": found.kept,
        "broken": [str(month.month) for month in found.broken],
        "unserved": len(found.unserved),
        "least_spare": min(month.spare for month in found.months),
    }
