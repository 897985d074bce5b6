"""Posts are alike to a search: of plans that cost the same, keep the one in which the same person comes back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import combinations
from typing import TypeVar

from escale.core.calendar.halfdays import Half
from escale.core.calendar.months import nth_of_month
from escale.core.planning.check import check, cost_of
from escale.core.planning.plan import Plan, Visit
from escale.core.planning.problem import Problem

V = TypeVar("V", bound=Visit)
Promised = dict[tuple[str, dt.date, Half], str]


def keep_people(problem: Problem, plan: Plan, promised: Plan) -> Plan:
    """Return a legal plan that costs no more, in which as many promised visits as possible keep their mediator.

    Two mediators exchange all their visits, or those of one usual day of the year (« second Tuesday »), as long as that brings
    somebody back; no date changes.
    """
    wanted: Promised = {(visit.commune, visit.date, visit.half): visit.mediator for visit in promised.entries()}
    cost, kept = cost_of(problem, plan), _kept(plan, wanted)
    better = True
    while better:
        better = False
        for days in _days_of(plan):
            for one, other in combinations([mediator.id for mediator in problem.mediators], 2):
                tried = _exchanged(plan, days, {one: other, other: one})
                if _kept(tried, wanted) <= kept or check(problem, tried):
                    continue
                price = cost_of(problem, tried)
                if price <= cost:
                    plan, cost, kept, better = tried, price, _kept(tried, wanted), True
    return plan


def _kept(plan: Plan, wanted: Promised) -> int:
    return sum(wanted.get((visit.commune, visit.date, visit.half)) == visit.mediator for visit in plan.entries())


def _days_of(plan: Plan) -> Iterator[Collection[dt.date]]:
    """Yield all the days of a plan, then those of each n-th weekday."""
    groups: dict[tuple[int, int], set[dt.date]] = {}
    for visit in plan.entries():
        groups.setdefault((nth_of_month(visit.date), visit.date.weekday()), set()).add(visit.date)
    yield set().union(*groups.values())
    yield from groups.values()


def _exchanged(plan: Plan, days: Collection[dt.date], roles: dict[str, str]) -> Plan:
    def moved(visit: V) -> V:
        return replace(visit, mediator=roles.get(visit.mediator, visit.mediator)) if visit.date in days else visit

    return Plan(visits=tuple(map(moved, plan.visits)), make_ups=tuple(map(moved, plan.make_ups)))
