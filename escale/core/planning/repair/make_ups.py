"""Make-ups: a later half-day that no visit takes, for each promised visit that could not be held."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

import numpy as np

from escale.core.calendar.months import Month
from escale.core.planning.plan import MakeUp
from escale.core.planning.repair.assignment import FORBIDDEN, cheapest_assignment
from escale.core.planning.repair.draft import Draft
from escale.core.planning.rules.costs import SPACING_DAYS

WITHIN_MONTHS = 2
"""How many months later a make-up still replaces the visit that was missed."""
LATER, CLOSE, NONE = 100, 10, 1_000_000
"""What a month later costs, what a day too close to another visit costs, what no make-up costs."""

Promise = tuple[str, Month]


def offer_make_ups(draft: Draft, promises: Iterable[Promise]) -> tuple[list[MakeUp], list[Promise]]:
    """Return a make-up for as many promises (commune, month) as free half-days allow, and the promises that find none.

    Months are served in order; in each, as many as possible, then soon and far from the commune's other visits.
    """
    made: list[MakeUp] = []
    missed: list[Promise] = []
    by_month: dict[Month, list[Promise]] = {}
    for promise in sorted(promises, key=lambda promise: (promise[1], promise[0])):
        by_month.setdefault(promise[1], []).append(promise)
    for month, asked in by_month.items():
        found = _offer(draft, month, asked)
        for promise, make_up in zip(asked, found, strict=True):
            if make_up is None:
                missed.append(promise)
            else:
                made.append(make_up)
                draft.make_ups.append(make_up)
    return made, missed


def _offer(draft: Draft, month: Month, asked: list[Promise]) -> list[MakeUp | None]:
    later = [m for m in draft.problem.months if 0 < m.index - month.index <= WITHIN_MONTHS]
    taken = draft.taken()
    seats = [seat for m in later for seat in draft.seats(m) if seat not in taken]
    cost = np.full((len(asked), len(seats) + len(asked)), FORBIDDEN)
    for row, (code, _) in enumerate(asked):
        commune = draft.problem.commune(code)
        made = (make_up for make_up in draft.make_ups if make_up.commune == code)
        dates = [*commune.before, *(entry.date for entry in chain(draft.of(code), made))]
        cost[row, len(seats) + row] = NONE
        for column, seat in enumerate(seats):
            gap = min((abs((seat.date - day).days) for day in dates), default=SPACING_DAYS.start)
            if gap > 0 and commune.opens(seat.date, seat.half):
                wait = LATER * (Month.of(seat.date).index - month.index - 1)
                cost[row, column] = wait + CLOSE * max(0, SPACING_DAYS.start - gap)
    chosen = cheapest_assignment(cost)
    return [
        MakeUp(date=seats[c].date, half=seats[c].half, commune=code, mediator=seats[c].mediator, for_month=month)
        if c < len(seats)
        else None
        for (code, _), c in zip(asked, chosen, strict=True)
    ]
