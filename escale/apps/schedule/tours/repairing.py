"""`tour repair`: absences, closed rooms, arrivals, visits moved by hand; as few published visits move as can be."""

from __future__ import annotations

import argparse
import datetime as dt
import time
from collections.abc import Sequence
from typing import Any

from escale.apps.schedule.answers import faults_to, unserved_to, visit_to
from escale.apps.schedule.tours.files import read_plan, refuse_unwritable, write_json
from escale.apps.schedule.tours.moments import begun
from escale.apps.schedule.tours.periods import dated, read_day
from escale.apps.schedule.tours.reporting import ILLEGAL, Result
from escale.apps.schedule.tours.sources import problem_of
from escale.core.calendar.halfdays import Half
from escale.core.planning.check import check
from escale.core.planning.faults import ProblemError
from escale.core.planning.files import plan_to
from escale.core.planning.plan import Plan
from escale.core.planning.problem import Problem
from escale.core.planning.repair import Absence, ByHand, Closure, Disruption, Joining, Repair
from escale.core.planning.repair.repair import repair

NONE = "-"
"""What stands for the former date of a visit that had none."""


def run(options: argparse.Namespace) -> Result:
    """Repair, write the new plan, and say what changes."""
    start = begun()
    refuse_unwritable(options.out)
    problem, plan = problem_of(options), read_plan(options.plan)
    disruption = _disruption(options)
    if refused := _refused(problem, plan):
        return refused
    found = repair(problem, plan, disruption, clock=time.monotonic, seed=options.seed, seconds=options.time_limit)
    write_json(options.out, plan_to(found.plan))
    return Result(answer={**_answer(found), "seconds": round(time.monotonic() - start, 2)})


def _refused(problem: Problem, plan: Plan) -> Result | None:
    """Return the faults of a published plan that is not legal: nothing is repaired on that ground."""
    faults = check(problem, plan)
    if not faults:
        return None
    lines = tuple(fault.message for fault in faults)
    answer = {
        "error": "le plan publié ne respecte pas les règles ; le corriger d’abord",
        "place": "--plan",
        "faults": faults_to(faults),
    }
    return Result(lines=lines, answer=answer, exit_code=ILLEGAL)


def _disruption(options: argparse.Namespace) -> Disruption:
    absences = [(words, False) for words in map(dated("--away"), options.away)]
    absences += [(words, True) for words in map(dated("--vacant"), options.vacant)]
    closures = [(words, False) for words in map(dated("--closed"), options.closed)]
    closures += [(words, True) for words in map(dated("--other-room"), options.other_room)]
    return Disruption(
        absences=tuple(Absence(mediator=m, starts=a, ends=b, vacant=vacant) for (m, a, b), vacant in absences),
        closures=tuple(Closure(commune=c, starts=a, ends=b, other_room=other) for (c, a, b), other in closures),
        joinings=tuple(Joining(commune=code, date=read_day("--join", text)) for code, text in options.join),
        by_hand=tuple(map(_by_hand, options.move)),
        since=options.since,
    )


def _by_hand(words: Sequence[str]) -> ByHand:
    code, was, day, half, mediator = words
    if half not in Half.__members__:
        raise ProblemError(place="--move", message=f"« {half} » ne convient pas ; écrire AM (matin) ou PM (après-midi)")
    before: dt.date | None = None if was == NONE else read_day("--move", was)
    return ByHand(commune=code, was=before, date=read_day("--move", day), half=Half(half), mediator=mediator)


def _answer(found: Repair) -> dict[str, Any]:
    return {
        "lost": len(found.lost),
        "moved_valid": found.moved_valid,
        "moved_total": found.moved_total,
        "unserved": unserved_to(found.unserved),
        "make_ups": [{**visit_to(item), "for_month": str(item.for_month)} for item in found.make_ups],
        "without_make_up": [{"commune": item.commune, "for_month": str(item.for_month)} for item in found.without_make_up],
        "lost_visits": [visit_to(visit) for visit in found.lost],
        "moves": [
            {"from": visit_to(move.was), "to": visit_to(move.now), "valid": move.valid, "by_hand": move.by_hand}
            for move in found.moves
        ],
        "given_up": [visit_to(visit) for visit in found.given_up],
        "added": [visit_to(visit) for visit in found.added],
        "other_room": [visit_to(visit) for visit in found.other_room],
        "months": [str(month) for month in found.months],
        "rule": found.rule,
        "proved": found.proved,
    }
