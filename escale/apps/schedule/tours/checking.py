"""`tour check`: is a plan legal, and what does it cost?"""

from __future__ import annotations

import argparse
from dataclasses import asdict

from escale.apps.schedule.answers import changed_to, faults_to, unserved_to
from escale.apps.schedule.tours.files import read_plan
from escale.apps.schedule.tours.reporting import DONE, ILLEGAL, Result
from escale.apps.schedule.tours.sources import problem_of
from escale.core.planning.agreed import changed_days
from escale.core.planning.check import check, price
from escale.core.planning.faults import Rule
from escale.core.planning.unserved import unserved_of


def run(options: argparse.Namespace) -> Result:
    """Judge the plan; every fault is a line. A plan with an unknown commune or mediator has no cost."""
    problem = problem_of(options)
    plan = read_plan(options.plan)
    faults = check(problem, plan)
    parts = None if any(fault.rule is Rule.KNOWN for fault in faults) else price(problem, plan)
    return Result(
        lines=tuple(fault.message for fault in faults),
        answer={
            "legal": not faults,
            "faults": faults_to(faults),
            "cost": parts and parts.total(problem.weights),
            "parts": parts and asdict(parts),
            "unserved": [] if faults else unserved_to(unserved_of(problem, plan)),
            "changed_days": changed_to(changed_days(problem, plan)),
            "visits": len(plan.visits),
            "due": problem.visits_due,
        },
        exit_code=ILLEGAL if faults else DONE,
    )
