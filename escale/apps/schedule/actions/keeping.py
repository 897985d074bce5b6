"""The gate before the database: no plan is kept unless it breaks no rule."""

from __future__ import annotations

import datetime as dt

from escale.core.planning.check import check
from escale.core.planning.faults import Fault
from escale.core.planning.plan import Plan
from escale.core.planning.problem import Problem


class IllegalPlanError(RuntimeError):
    """A plan that breaks a rule."""


def require_legal(problem: Problem, plan: Plan, *, since: dt.date | None = None) -> None:
    """Raise IllegalPlanError, with the first fault, when a plan breaks a rule of its problem.

    With `since`, what was lived before that day is not judged again: a leave that is recorded later undoes no visit.
    """
    if faults := faults_since(problem, plan, since):
        raise IllegalPlanError(faults[0].message)


def faults_since(problem: Problem, plan: Plan, since: dt.date | None) -> list[Fault]:
    """Return the faults of a plan, without those that its visits before a day have among themselves."""
    found = list(check(problem, plan))
    if since is None or not found:
        return found
    past = Plan(
        visits=tuple(visit for visit in plan.visits if visit.date < since),
        make_ups=tuple(visit for visit in plan.make_ups if visit.date < since),
    )
    lived = {fault.message for fault in check(problem, past)}
    return [fault for fault in found if fault.message not in lived]
