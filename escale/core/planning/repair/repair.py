"""Repair a published plan after a disruption: the fewest published visits move, other months stay as they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial

import numpy as np

from escale.core.calendar.months import Month
from escale.core.planning.plan import MakeUp, Plan, Visit
from escale.core.planning.problem import Problem
from escale.core.planning.repair.couples import cheapest_couples
from escale.core.planning.repair.disruption import Disruption
from escale.core.planning.repair.draft import Draft, draft_of, seat_of
from escale.core.planning.repair.habits import habits_of_joiners
from escale.core.planning.repair.make_ups import Promise, offer_make_ups
from escale.core.planning.repair.outcome import REDUCED_SERVICE_RULE, Move, Repair, WithoutMakeUp
from escale.core.planning.repair.program import MonthProgram, program_of
from escale.core.planning.shortage import Unserved


def repair(
    problem: Problem,
    plan: Plan,
    disruption: Disruption,
    *,
    clock: Callable[[], float],
    seed: int = 0,
    seconds: float = 3.0,
) -> Repair:
    """Return a legal plan close to the published one (art. 4).

    Fewest unserved visits first, then fewest published ones disturbed, then least cost. Each touched month is a program of its
    own, in order; months that nothing touches stay as they are. The first two hold whatever the time; `seconds` of the clock
    bound the search for the third. Raise ProblemError when the disruption names what the problem does not know, or when a visit
    moved by hand breaks a rule.
    """
    began = clock()
    draft = draft_of(problem, plan, disruption)
    published = {visit for visits in draft.visits.values() for visit in visits} - draft.by_hand.keys()
    months = _touched(draft, disruption)
    habits = habits_of_joiners(draft, months)
    unserved: list[Unserved] = []
    promises: list[Promise] = [(m.commune, m.for_month) for m in draft.lost if isinstance(m, MakeUp)]
    proved = True
    for n, month in enumerate(months):
        now = clock()
        ends = now + (began + seconds - now) / (len(months) - n)
        month_program = program_of(draft, month, habits, reduced=disruption.is_reduced(month.first, month.last))
        proved &= _solve(draft, month_program, left=partial(_until, ends, clock), seed=seed)
        unserved += month_program.unserved(draft)
        promises += _released(draft)
    promised = Counter((make_up.commune, make_up.for_month) for make_up in draft.make_ups)
    asked = Counter((visit.commune, visit.month) for visit in unserved)
    asked += Counter(promise for promise in promises if promise not in asked and _known(draft, promise))
    made, missed = offer_make_ups(draft, (asked - promised).elements())
    new = Plan(visits=tuple(v for visits in draft.visits.values() for v in visits), make_ups=tuple(draft.make_ups))
    moves, given_up, added = _changes(plan, new, published, draft)
    return Repair(
        plan=new,
        problem=draft.problem,
        months=tuple(months),
        lost=tuple(draft.lost),
        moves=moves,
        given_up=given_up,
        added=added,
        unserved=tuple(unserved),
        make_ups=tuple(sorted(made)),
        without_make_up=tuple(WithoutMakeUp(commune=code, for_month=month) for code, month in missed),
        other_room=_other_room(disruption, new),
        rule=REDUCED_SERVICE_RULE if any(absence.vacant for absence in disruption.absences) else None,
        proved=proved,
        seconds=clock() - began,
    )


def _touched(draft: Draft, disruption: Disruption) -> list[Month]:
    """Return the months to repair: those that lose a visit, get one by hand or a joiner's, or have a vacant post."""
    horizon = draft.problem.months
    touched = {visit.month for visit in draft.lost if not isinstance(visit, MakeUp)} | {v.month for v in draft.by_hand}
    for joining in disruption.joinings:
        commune = draft.problem.commune(joining.commune)
        touched |= {m for m in horizon if commune.visits_due(m) > len(draft.in_month(commune.code, m))}
    touched |= {month for month in horizon if disruption.is_reduced(month.first, month.last)}
    return [month for month in horizon if month in touched and month.last >= draft.since]


def _until(ends: float, clock: Callable[[], float]) -> float:
    return ends - clock()


def _solve(draft: Draft, month: MonthProgram, *, left: Callable[[], float], seed: int) -> bool:
    """Place the visits of a month and write them into the draft. Return whether their cost is proved least."""
    program = month.program
    proved = not program.rows
    found = program.assigned() if program.rows else []
    if program.rows and left() > 0:
        problem = draft.problem
        base, between = np.array(problem.base_hm), np.array(problem.between_hm)
        saving = (base[:, None] + base[None, :] - between) * problem.weights.km / 10
        found, proved = cheapest_couples(program, found, saving, left=left, seed=seed)
    month.write(draft, found)
    return proved


def _released(draft: Draft) -> list[Promise]:
    """Take away the make-ups whose half-day a visit now holds, and return their promises, to be made again."""
    visits = {seat_of(visit) for visits in draft.visits.values() for visit in visits}
    gone = [make_up for make_up in draft.make_ups if seat_of(make_up) in visits]
    draft.make_ups = [make_up for make_up in draft.make_ups if make_up not in gone]
    return [(make_up.commune, make_up.for_month) for make_up in gone]


def _known(draft: Draft, promise: Promise) -> bool:
    return any(commune.code == promise[0] for commune in draft.problem.communes)


def _changes(
    plan: Plan, new: Plan, published: set[Visit], draft: Draft
) -> tuple[tuple[Move, ...], tuple[Visit, ...], tuple[Visit, ...]]:
    """Return the visits moved, those given up though valid, and those added; in a month, the first gone is the first come."""
    gone, come = Counter(plan.visits) - Counter(new.visits), Counter(new.visits) - Counter(plan.visits)
    hand = {was: now for now, was in draft.by_hand.items() if was is not None and was != now}
    valid = published | {was for was in hand if was not in draft.lost}
    moves = [Move(was=was, now=now, valid=was in valid, by_hand=True) for was, now in hand.items()]
    gone.subtract(hand.keys())
    come.subtract(hand.values())
    left = _by_month(gone.elements())
    added = []
    for key, visits in _by_month(come.elements()).items():
        old = left.get(key, [])
        moves += [Move(was=was, now=now, valid=was in valid, by_hand=False) for was, now in zip(old, visits, strict=False)]
        left[key] = old[len(visits) :]
        added += visits[len(old) :]
    given_up = sorted(visit for visits in left.values() for visit in visits if visit in valid)
    return tuple(sorted(moves, key=lambda move: move.was)), tuple(given_up), tuple(sorted(added))


def _by_month(visits: Iterable[Visit]) -> dict[tuple[str, Month], list[Visit]]:
    found: dict[tuple[str, Month], list[Visit]] = {}
    for visit in sorted(visits):
        found.setdefault((visit.commune, visit.month), []).append(visit)
    return found


def _other_room(disruption: Disruption, plan: Plan) -> tuple[Visit, ...]:
    closures = [closure for closure in disruption.closures if closure.other_room]
    return tuple(
        visit
        for visit in plan.entries()
        if any(closure.commune == visit.commune and closure.starts <= visit.date <= closure.ends for closure in closures)
    )
