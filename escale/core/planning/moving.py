"""Find each visit that leaves its place another one in its month: the one it looks for, else the nearest that is free."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from escale.core.calendar.months import Month
from escale.core.planning.plan import Visit
from escale.core.planning.problem import Commune, Problem
from escale.core.planning.shortage import HalfDay, half_days, most_served


class Turn(IntEnum):
    """Who chooses first: those who wait for an avenant, then those who make room for them, then those who come too late."""

    WAITS = 0
    GIVES_WAY = 1
    IS_LATE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Mover:
    """A visit that leaves its place for the one it `sought`, else for the nearest to `near`."""

    drafted: Visit
    turn: Turn
    sought: HalfDay
    near: HalfDay


def placed(problem: Problem, month: Month, movers: Sequence[Mover], fixed: Iterable[Visit], today: dt.date) -> dict[Visit, Visit]:
    """Return where each mover of a month stands; nobody is left out for one whose turn comes later."""
    offered = half_days(month, problem.windows, problem.holidays, problem.mediators)
    present = {half_day: list(mediators) for half_day, mediators in offered.items()}
    busy: set[tuple[str, HalfDay]] = set()
    for visit in fixed:
        half_day = visit.date, visit.half
        busy.add((visit.commune, half_day))
        if visit.mediator in present.get(half_day, ()):
            present[half_day].remove(visit.mediator)
    ranks = list(offered)
    room = [len(present[half_day]) for half_day in ranks]
    ordered, options = _ordered(problem, movers, ranks, room, busy, today)
    given = most_served(options, room)
    found: dict[Visit, Visit] = {}
    own_first = sorted(
        (n for n, rank in enumerate(given) if rank >= 0),
        key=lambda n: ordered[n].drafted.mediator not in present[ranks[given[n]]],
    )
    for n in own_first:
        drafted, half_day = ordered[n].drafted, ranks[given[n]]
        free = present[half_day]
        mediator = drafted.mediator if drafted.mediator in free else free[0]
        free.remove(mediator)
        found[drafted] = replace(drafted, date=half_day[0], half=half_day[1], mediator=mediator)
    return found


def _ordered(
    problem: Problem,
    movers: Sequence[Mover],
    ranks: Sequence[HalfDay],
    room: Sequence[int],
    busy: Collection[tuple[str, HalfDay]],
    today: dt.date,
) -> tuple[list[Mover], list[list[int]]]:
    """Return the movers, first those that can have the very half-day they look for, each with its half-days, the best first."""
    left = list(room)
    ranked = []
    for mover in sorted(movers, key=lambda mover: mover.turn):
        choices = _choices(problem.commune(mover.drafted.commune), mover, ranks, busy, today)
        has_it = bool(choices) and ranks[choices[0]] == mover.sought and left[choices[0]] > 0
        if has_it:
            left[choices[0]] -= 1
        # Those who make room take what is left, once all that wait have their place.
        ranked.append((mover.turn is Turn.IS_LATE, not has_it, mover, choices))
    ranked.sort(key=lambda item: item[:2])
    return [mover for _, _, mover, _ in ranked], [choices for _, _, _, choices in ranked]


def _choices(
    commune: Commune, mover: Mover, ranks: Sequence[HalfDay], busy: Collection[tuple[str, HalfDay]], today: dt.date
) -> list[int]:
    day, half = mover.near

    def distance(rank: int) -> tuple[bool, int, bool, int]:
        there = ranks[rank]
        return there != mover.sought, abs((there[0] - day).days), there[1] != half, rank

    free = [
        rank
        for rank, (date, part) in enumerate(ranks)
        if date > today and commune.opens(date, part) and (commune.code, (date, part)) not in busy
    ]
    return sorted(free, key=distance)
