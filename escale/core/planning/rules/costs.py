"""What each wish costs in a plan: counts first, kilometres after; see docs/planning.md for the prose."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Hashable, Iterable
from itertools import combinations, pairwise

from escale.core.calendar.halfdays import Half
from escale.core.calendar.months import Month
from escale.core.planning.plan import Plan, Visit
from escale.core.planning.problem import Commune, Problem

SPACING_DAYS = range(21, 36)
"""Days between two visits in consecutive months that a commune still feels as « every month »."""


def off_usual(values: Iterable[Hashable], usual: int = 1) -> int:
    """Return how many values differ from the `usual` most frequent ones."""
    counts = Counter(values)
    return counts.total() - sum(n for _, n in counts.most_common(usual))


def unserved(problem: Problem, plan: Plan) -> int:
    """Count the visits due (art. 4) that are not planned."""
    planned = Counter((visit.commune, visit.month) for visit in plan.visits)
    return sum(
        max(0, commune.visits_due(month) - planned[commune.code, month])
        for commune in problem.communes
        for month in problem.months
    )


def irregular(problem: Problem, plan: Plan) -> int:
    """Count the visits that are not on their commune's usual day (n-th weekday of the month and half)."""
    return sum(
        off_usual((visit.pattern for visit in visits), problem.commune(code).visits_per_month)
        for code, visits in plan.by_commune.items()
    )


def switch(_problem: Problem, plan: Plan) -> int:
    """Count the visits that are not by their commune's usual mediator."""
    return sum(off_usual(visit.mediator for visit in visits) for visits in plan.by_commune.values())


def apart_days(visits_per_month: int) -> int:
    """Return the least number of days between visits of a commune in one month, ten for two: nearer, they are one longer stay."""
    return 20 // visits_per_month


def badly_spaced(commune: Commune, dates: Iterable[dt.date]) -> int:
    """Count pairs of dates in consecutive months that are too close or too far apart; with several visits a month, those of one
    month that are too close.
    """
    days = sorted([*commune.before, *dates])
    if commune.visits_per_month != 1:
        apart = apart_days(commune.visits_per_month)
        return sum(Month.of(a) == Month.of(b) and (b - a).days < apart for a, b in combinations(days, 2))
    return sum(Month.of(a).next == Month.of(b) and (b - a).days not in SPACING_DAYS for a, b in pairwise(days))


def spacing(problem: Problem, plan: Plan) -> int:
    """Count the badly spaced pairs of visits of all communes, those before the horizon included."""
    return sum(badly_spaced(problem.commune(code), (visit.date for visit in visits)) for code, visits in plan.by_commune.items())


def preference(problem: Problem, plan: Plan) -> int:
    """Count the communes whose most frequent weekday is not the one they prefer (a tie is a yes)."""
    return sum(_misses_weekday(problem.commune(code), visits) for code, visits in plan.by_commune.items())


def _misses_weekday(commune: Commune, visits: tuple[Visit, ...]) -> bool:
    if commune.preferred_weekday is None:
        return False
    days = Counter(visit.window.weekday for visit in visits)
    return days[commune.preferred_weekday] < max(days.values())


def annex(problem: Problem, plan: Plan) -> int:
    """Count the communes whose usual day is not the one annexed to their convention (a tie is a yes)."""
    return sum(_misses_annex(problem.commune(code), visits) for code, visits in plan.by_commune.items())


def _misses_annex(commune: Commune, visits: tuple[Visit, ...]) -> bool:
    if commune.annex is None:
        return False
    patterns = Counter(visit.pattern for visit in visits)
    return patterns[commune.annex.nth, commune.annex.window] < max(patterns.values())


def kilometres(problem: Problem, plan: Plan) -> float:
    """Return the kilometres of all days: base, morning commune, afternoon commune, base; or there and back for one."""
    place = {commune.code: i for i, commune in enumerate(problem.communes)}
    days: dict[tuple[str, dt.date], dict[Half, int]] = {}
    for visit in plan.visits:
        days.setdefault((visit.mediator, visit.date), {})[visit.half] = place[visit.commune]
    hectometres = 0.0
    for stops in days.values():
        if len(stops) == 2:
            i, j = stops[Half.AM], stops[Half.PM]
            hectometres += problem.base_hm[i] + problem.between_hm[i][j] + problem.base_hm[j]
        else:
            (i,) = stops.values()
            hectometres += 2 * problem.base_hm[i]
    return hectometres / 10


def balance(problem: Problem, plan: Plan) -> int:
    """Return the difference between the most and the least loaded mediator, in visits."""
    loads = Counter({mediator.id: 0 for mediator in problem.mediators})
    loads.update(visit.mediator for visit in plan.visits)
    return max(loads.values()) - min(loads.values())
