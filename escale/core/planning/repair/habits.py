"""The usual day of a commune that has no visit yet: a free one that leaves everyone else in place."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain

from escale.core.calendar.months import Month
from escale.core.planning.problem import Commune
from escale.core.planning.repair.draft import Draft, seat_of
from escale.core.planning.repair.program import road
from escale.core.planning.repair.wishes import Habit, Pattern, Seat


def habits_of_joiners(draft: Draft, months: list[Month]) -> dict[str, Habit]:
    """Choose the usual day of each commune without a visit: its annexed one when it is ever free, else the best free one.

    The best is free in the most months; each of them is worth what a moved date costs, less the road of that day.
    """
    if len(months) < 2:
        return {}  # with one visit to place, no day is usual
    taken = draft.taken()
    free = [seat for month in months for seat in draft.seats(month) if seat not in taken]
    rank = {commune.code: c for c, commune in enumerate(draft.problem.communes)}
    held = {seat_of(visit): rank[visit.commune] for visit in chain(*draft.visits.values())}
    habits: dict[str, Habit] = {}
    for commune in draft.problem.communes:
        if draft.of(commune.code):
            continue
        habit = _habit(draft, commune, rank[commune.code], free, held, len(months))
        if habit is not None:
            habits[commune.code] = habit
            held |= {
                seat: rank[commune.code] for seat in free if (seat.pattern, seat.mediator) == (habit.pattern, habit.mediator)
            }
            free = [seat for seat in free if seat not in held]
    return habits


def _habit(draft: Draft, commune: Commune, c: int, free: list[Seat], held: dict[Seat, int], months: int) -> Habit | None:
    worth: defaultdict[tuple[Pattern, str], float] = defaultdict(float)
    for seat in free:
        if commune.opens(seat.date, seat.half):
            spared = road(draft.problem, c, None) - road(draft.problem, c, held.get(seat.other_half))
            worth[seat.pattern, seat.mediator] += draft.problem.weights.irregular + spared
    if not worth:
        return None
    annexed = (commune.annex.nth, commune.annex.window) if commune.annex else None

    def rank(usual: tuple[Pattern, str]) -> tuple[bool, float, tuple[Pattern, str]]:
        missed = commune.preferred_weekday not in (None, usual[0][1].weekday)
        return usual[0] != annexed, draft.problem.weights.preference * missed - worth[usual], usual

    pattern, mediator = min(worth, key=rank)
    return Habit(mediator=mediator, pattern=pattern, months=months)
