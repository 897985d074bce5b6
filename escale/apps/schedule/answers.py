"""What the planner answers, as JSON objects: the same for the command line, a run and a batch."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable
from dataclasses import asdict
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from escale.core.planning.agreed import ChangedDay, changed_days
from escale.core.planning.faults import Fault
from escale.core.planning.plan import Visit
from escale.core.planning.problem import Problem
from escale.core.planning.shortage import Unserved, half_days
from escale.core.planning.unserved import unserved_of

if TYPE_CHECKING:
    from escale.core.planning.solve import Solution

REMEMBERED = ("numba", "numpy", "highspy")
"""Packages on which the plan of a seed may depend."""


def solution_to(problem: Problem, solution: Solution, *, seed: int, seconds: float) -> dict[str, Any]:
    """Write what was found and what is proved about it; `problem` says which days were agreed."""
    return {
        "status": solution.status.value,
        "cost": solution.cost,
        "parts": asdict(solution.parts),
        "lower_bound": solution.lower_bound,
        "bound_model": solution.bound_model,
        "lower_bound_any": solution.lower_bound_any,
        "gap": round(solution.gap, 6),
        "seconds": round(seconds, 2),
        "seed": seed,
        "extra": {"free_half_days": _half_days(problem) - len(solution.plan.visits)},
        "visits": len(solution.plan.visits),
        "due": problem.visits_due,
        "unserved": unserved_to(unserved_of(problem, solution.plan)),
        "changed_days": changed_to(changed_days(problem, solution.plan)),
        "proposals": solution.proposals,
        "weights": asdict(problem.weights),
    }


def fingerprint_of(problem: object) -> str:
    """Return the SHA-256 of a problem, whatever the order in which its JSON object was written."""
    return hashlib.sha256(json.dumps(problem, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def versions() -> dict[str, str]:
    """Return the versions on which a plan may depend."""
    return {"python": platform.python_version(), **{name: version(name) for name in REMEMBERED}}


def unserved_to(visits: Iterable[Unserved]) -> list[dict[str, Any]]:
    """Write visits that are left out, with their reasons."""
    return [
        {
            "commune": visit.commune,
            "name": visit.name,
            "month": str(visit.month),
            "cause": visit.reason.cause.value,
            "reason": visit.reason.words,
        }
        for visit in visits
    ]


def changed_to(days: Iterable[ChangedDay]) -> list[dict[str, Any]]:
    """Write communes whose usual day changes: each is an avenant."""
    return [
        {
            "commune": day.commune,
            "name": day.name,
            "agreed": {"nth": day.agreed.nth, "window": str(day.agreed.window)},
            "usual": {"nth": day.nth, "window": str(day.window)},
            "words": day.words,
        }
        for day in days
    ]


def faults_to(faults: Iterable[Fault]) -> list[dict[str, str]]:
    """Write what is not legal."""
    return [{"rule": fault.rule.value, "commune": fault.commune, "message": fault.message} for fault in faults]


def visit_to(visit: Visit) -> dict[str, str]:
    """Write one visit."""
    return {
        "commune": visit.commune,
        "mediator": visit.mediator,
        "date": visit.date.isoformat(),
        "half": visit.half.value,
    }


def _half_days(problem: Problem) -> int:
    """Return how many half-days the service gives, all mediators together; no weight is on those that stay free."""
    return sum(
        len(present)
        for month in problem.months
        for present in half_days(month, problem.windows, problem.holidays, problem.mediators).values()
    )
