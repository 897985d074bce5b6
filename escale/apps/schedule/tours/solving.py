"""`tour solve`: plan the months of a problem within a budget, and tell what is proved."""

from __future__ import annotations

import argparse
import time
from dataclasses import asdict, replace
from typing import Any

from escale.apps.schedule.tours.files import read_plan, refuse_unwritable, write_json
from escale.apps.schedule.tours.moments import begun, stoppable
from escale.apps.schedule.tours.reporting import Result, changed_to, end_progress, show_progress, unserved_to
from escale.apps.schedule.tours.sources import problem_of
from escale.core.planning.agreed import changed_days, keep_agreed, told_for
from escale.core.planning.files import plan_to
from escale.core.planning.presets import PRESETS, PresetName
from escale.core.planning.problem import Problem
from escale.core.planning.shortage import half_days
from escale.core.planning.solve import Solution, solve
from escale.core.planning.stops import FirstOf, GapReached, Stop, TimeLimit, WorkLimit
from escale.core.planning.unserved import unserved_of

DEFAULT_SECONDS = 60.0


def run(options: argparse.Namespace) -> Result:
    """Plan, write the plan, and answer."""
    start = begun()
    with stoppable() as asked:
        refuse_unwritable(options.out)
        problem = _problem(options)
        kept = keep_agreed(problem, freed=options.free)
        before = read_plan(options.start) if options.start else None
        solution = solve(
            kept,
            stop=_stop(options, start),
            seed=options.seed,
            start=before,
            listen=show_progress,
            interrupted=lambda: asked.to_stop,
        )
        end_progress()
        write_json(options.out, plan_to(solution.plan))
    told = told_for(problem, kept, solution)
    return Result(answer=_answer(problem, told, options, time.monotonic() - start))


def _problem(options: argparse.Namespace) -> Problem:
    problem = problem_of(options)
    if options.preset is None:
        return problem
    return replace(problem, weights=PRESETS[PresetName(options.preset)].weights)


def _stop(options: argparse.Namespace, start: float) -> Stop:
    stops: list[Stop] = []
    if options.work_limit is not None:
        stops.append(WorkLimit(options.work_limit))
    if options.time_limit is not None or options.work_limit is None:
        stops.append(TimeLimit(options.time_limit or DEFAULT_SECONDS, time.monotonic, start))
    if options.stop_at_gap is not None:
        stops.append(GapReached(options.stop_at_gap))
    return stops[0] if len(stops) == 1 else FirstOf(tuple(stops))


def _answer(problem: Problem, solution: Solution, options: argparse.Namespace, seconds: float) -> dict[str, Any]:
    unserved = unserved_of(problem, solution.plan)
    return {
        "status": solution.status.value,
        "cost": solution.cost,
        "parts": asdict(solution.parts),
        "lower_bound": solution.lower_bound,
        "bound_model": solution.bound_model,
        "lower_bound_any": solution.lower_bound_any,
        "gap": round(solution.gap, 6),
        "seconds": round(seconds, 2),
        "seed": options.seed,
        "extra": {"free_half_days": _half_days(problem) - len(solution.plan.visits)},
        "visits": len(solution.plan.visits),
        "due": problem.visits_due,
        "unserved": unserved_to(unserved),
        "changed_days": changed_to(changed_days(problem, solution.plan)),
        "proposals": solution.proposals,
        "weights": asdict(problem.weights),
    }


def _half_days(problem: Problem) -> int:
    """Return how many half-days the service gives, all mediators together; no weight is on those that stay free."""
    return sum(
        len(present)
        for month in problem.months
        for present in half_days(month, problem.windows, problem.holidays, problem.mediators).values()
    )
