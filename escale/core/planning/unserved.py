"""Which visits a plan leaves out, each with the reason why no half-day is left for it."""

from __future__ import annotations

from collections import Counter

from escale.core.calendar.months import Month
from escale.core.planning.plan import Plan
from escale.core.planning.problem import Problem
from escale.core.planning.shortage import HalfDay, Unserved, half_days, options_of, reason_for


def unserved_of(problem: Problem, plan: Plan) -> tuple[Unserved, ...]:
    """Return the visits due (art. 4) that a legal plan does not hold, by month."""
    return tuple(visit for month in problem.months for visit in _of_month(problem, plan, month))


def _of_month(problem: Problem, plan: Plan, month: Month) -> list[Unserved]:
    planned: dict[str, list[HalfDay]] = {}
    for visit in plan.visits:
        if visit.month == month:
            planned.setdefault(visit.commune, []).append((visit.date, visit.half))
    missing = {c.code: c.visits_due(month) - len(planned.get(c.code, ())) for c in problem.communes}
    if all(number <= 0 for number in missing.values()):
        return []
    offered = half_days(month, problem.windows, problem.holidays, problem.mediators)
    # A make-up of another month takes its place too, and gives way to nobody.
    taken = Counter((item.date, item.half) for item in plan.make_ups)
    room = [len(present) - taken[half_day] for half_day, present in offered.items()]
    rank = {half_day: n for n, half_day in enumerate(offered)}
    wanted = [
        (commune, half_day)
        for commune in problem.communes
        for half_day in [*planned.get(commune.code, ()), *[None] * max(0, missing[commune.code])]
    ]
    options = [options_of(commune, offered) for commune, _ in wanted]
    # A visit that was held on a half-day which is no longer offered took no place of those that are.
    given = [-1 if half_day is None else rank.get(half_day, len(rank)) for _, half_day in wanted]
    return [
        Unserved(commune=commune.code, name=commune.name, month=month, reason=reason_for(n, options, room, given))
        for n, (commune, _) in enumerate(wanted)
        if given[n] < 0
    ]
