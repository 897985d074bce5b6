"""The figures of a plan, as they are kept beside it: what it costs, what it serves, whose usual day it changes."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from escale.apps.schedule.answers import changed_to, fingerprint_of, unserved_to
from escale.apps.schedule.models import Plan as PlanRow
from escale.core.planning.agreed import changed_days
from escale.core.planning.check import price
from escale.core.planning.files import problem_to
from escale.core.planning.plan import Plan
from escale.core.planning.problem import Problem
from escale.core.planning.unserved import unserved_of


def reckon(problem: Problem, plan: Plan) -> dict[str, Any]:
    """Return the figures of a legal plan, as JSON values.

    `cost` (kilometre equivalents) and its `parts` rule by rule, `km`; visits `due` (art. 4), `served` and planned (`visits`),
    those on their commune's usual day (`usual`), `make_ups`; lists of the `unserved` with reasons and of the `changed_days`;
    `problem`, the SHA-256 of the problem that this was reckoned for.
    """
    parts = price(problem, plan)
    unserved = unserved_of(problem, plan)
    return {
        "cost": parts.total(problem.weights),
        "parts": asdict(parts),
        "km": parts.km,
        "due": problem.visits_due,
        "served": problem.visits_due - len(unserved),
        "visits": len(plan.visits),
        "usual": len(plan.visits) - parts.irregular,
        "make_ups": len(plan.make_ups),
        "unserved": unserved_to(unserved),
        "changed_days": changed_to(changed_days(problem, plan)),
        "problem": _sha_of(problem),
    }


def proved_bound(row: PlanRow, problem: Problem) -> float | None:
    """Return the bound that is kept beside a plan, or None when the problem is no longer the one that it was proved for."""
    return row.lower_bound if row.figures.get("problem") == _sha_of(problem) else None


def _sha_of(problem: Problem) -> str:
    return fingerprint_of(problem_to(problem))
