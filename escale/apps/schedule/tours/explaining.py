"""`tour explain`: « pourquoi pas le mardi matin ? »."""

from __future__ import annotations

import argparse
import time
from typing import Any

from escale.apps.schedule.answers import visit_to
from escale.apps.schedule.tours.files import read_plan
from escale.apps.schedule.tours.moments import begun
from escale.apps.schedule.tours.reporting import Result
from escale.apps.schedule.tours.sources import problem_of
from escale.core.planning.explain import explain, explain_exactly
from escale.core.planning.explaining.changes import Change
from escale.core.planning.explaining.usual import UsualDay

QUICK_SECONDS, EXACT_SECONDS = 0.8, 15.0


def run(options: argparse.Namespace) -> Result:
    """Ask, and say the rule or the price."""
    start = begun()
    problem, plan = problem_of(options), read_plan(options.plan)
    ask, usual = (explain_exactly, EXACT_SECONDS) if options.exact else (explain, QUICK_SECONDS)
    found = ask(
        problem,
        plan,
        commune=options.commune,
        window=options.window,
        clock=time.monotonic,
        seconds=options.time_limit or usual,
        seed=options.seed,
    )
    return Result(
        lines=(found.words,),
        answer={
            "allowed": found.allowed,
            "rule": found.rule and found.rule.value,
            "delta_upper": found.delta_upper,
            "delta_exact": found.delta_exact,
            "exact_model": found.exact_model,
            "exact_missing": found.exact_missing,
            "moves": [_change_to(change) for change in found.moves],
            "words": found.words,
            # The answer's own time; the whole command adds the interpreter, its imports and the reading.
            "seconds": round(found.seconds, 2),
            "seconds_whole": round(time.monotonic() - start, 2),
        },
    )


def _change_to(change: Change) -> dict[str, Any]:
    return {
        "commune": change.commune,
        "name": change.name,
        "usual_from": _usual_to(change.usual_from),
        "usual_to": _usual_to(change.usual_to),
        "changes_usual_day": change.changes_usual_day,
        "visits_from": [visit_to(visit) for visit in change.visits_from],
        "visits_to": [visit_to(visit) for visit in change.visits_to],
    }


def _usual_to(day: UsualDay | None) -> dict[str, Any] | None:
    return None if day is None else {"nth": day.nth, "window": str(day.window)}
