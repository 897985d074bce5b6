"""The gate before the database: no plan is kept unless it breaks no rule."""

from __future__ import annotations

from escale.core.planning.check import check
from escale.core.planning.plan import Plan
from escale.core.planning.problem import Problem


class IllegalPlanError(RuntimeError):
    """A plan that breaks a rule."""


def require_legal(problem: Problem, plan: Plan) -> None:
    """Raise IllegalPlanError, with the first fault, when a plan breaks a rule of its problem."""
    if faults := check(problem, plan):
        raise IllegalPlanError(faults[0].message)
