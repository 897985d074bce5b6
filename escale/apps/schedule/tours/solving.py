"""`tour solve`: plan the months of a problem within a budget, and tell what is proved."""

from __future__ import annotations

import argparse
import time
from dataclasses import replace

from escale.apps.schedule.answers import solution_to
from escale.apps.schedule.tours.files import read_plan, refuse_unwritable, write_json
from escale.apps.schedule.tours.moments import begun, stoppable
from escale.apps.schedule.tours.reporting import Result, end_progress, show_progress
from escale.apps.schedule.tours.sources import problem_of
from escale.core.planning.agreed import keep_agreed, told_for
from escale.core.planning.files import plan_to
from escale.core.planning.presets import PRESETS, PresetName
from escale.core.planning.problem import Problem
from escale.core.planning.stops import PROVED, FirstOf, GapReached, Stop, TimeLimit, WorkLimit

DEFAULT_SECONDS = 60.0


def run(options: argparse.Namespace) -> Result:
    """Plan, write the plan, and answer."""
    start = begun()
    with stoppable() as asked:
        # Here, not above: loading the compiler takes a second, in which Ctrl-C must already be heard.
        from escale.core.planning.solve import solve

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
    # A file is judged by its own weights; what the options weigh otherwise is told as such.
    judged = problem if options.problem and not options.preset else kept
    told = told_for(judged, kept, solution)
    return Result(answer=solution_to(problem, told, seed=options.seed, seconds=time.monotonic() - start))


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
        stops.append(GapReached(PROVED))
    if options.stop_at_gap is not None:
        stops.append(GapReached(options.stop_at_gap))
    return FirstOf(tuple(stops))
