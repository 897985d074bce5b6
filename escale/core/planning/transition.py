"""From a tour to the next one: a commune whose usual day changes stays on its agreed day until its avenant is in force."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from escale.core.calendar.months import Month, nth_weekday
from escale.core.planning.plan import MakeUp, Plan, Visit
from escale.core.planning.problem import Annex, Commune, Problem
from escale.core.planning.shortage import HalfDay, half_days, most_served

NOTHING = Plan(visits=())
Agreed = Mapping[Month, Mapping[str, Annex]]
"""The usual day in force in each month, by commune; what is not there was not agreed."""


class AvenantRule(StrEnum):
    """What of the annexed planning only an avenant may change (art. 4)."""

    PATTERN_ONLY = "PATTERN_ONLY"
    ANY_CHANGE = "ANY_CHANGE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A visit that waits for an avenant: where the plan wants it, and where it stays until then."""

    agreed: Annex
    drafted: Visit
    visit: Visit

    @property
    def on_agreed_day(self) -> bool:
        """Whether it has its agreed day; else the nearest half-day that was free."""
        return (self.visit.date, self.visit.half) == agreed_day(self.visit.month, self.agreed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """The tour that may be published now; `lost` holds visits that come too late, and for which no later day is free."""

    plan: Plan
    held: tuple[Held, ...] = ()
    lost: tuple[Visit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mover:
    """A visit that leaves its place for the one it `sought`, else for the nearest to `near`; `agreed` is what it waits for."""

    drafted: Visit
    near: HalfDay
    sought: HalfDay | None = None
    agreed: Annex | None = None


def hold_agreed_days(
    problem: Problem,
    plan: Plan,
    agreed: Agreed,
    *,
    rule: AvenantRule = AvenantRule.PATTERN_ONLY,
    today: dt.date = dt.date.min,
    settled: Plan = NOTHING,
    begun: Collection[Month] = (),
    whole: Plan | None = None,
) -> Transition:
    """Return a plan with each commune whose usual day it changes on the day agreed in that month; the others stay.

    Where the agreed half-day is not legal or not free, the nearest one is taken: whoever has a visit in the plan keeps one.
    Nothing moves before `today`, nor to that very day: of what is `settled` in the months that have `begun`, the past stays; what
    the plan has there besides comes later in its month, when it is settled if possible, or is lost. `whole` is the tour whose
    usual days count, when `plan` is a part of it. A legal plan gives a legal one.
    """
    stay, late = _with_settled(problem, plan, settled, set(begun), today)
    movers = _waiting(whole or plan, stay, agreed, rule, today)
    leaving = {mover.drafted for mover in movers}
    fixed = [visit for visit in stay if visit not in leaving]
    movers += _late(late, settled)
    moved: dict[Visit, Visit] = {}
    for month in sorted({mover.drafted.month for mover in movers}):
        here = [mover for mover in movers if mover.drafted.month == month]
        moved |= _placed(problem, month, here, fixed, today)
    entries = [*fixed, *moved.values()]
    return Transition(
        plan=Plan(
            visits=tuple(visit for visit in entries if not isinstance(visit, MakeUp)),
            make_ups=tuple(visit for visit in entries if isinstance(visit, MakeUp)),
        ),
        held=tuple(
            Held(agreed=mover.agreed, drafted=mover.drafted, visit=moved[mover.drafted])
            for mover in movers
            if mover.agreed and moved.get(mover.drafted, mover.drafted) != mover.drafted
        ),
        lost=tuple(mover.drafted for mover in movers if mover.drafted not in moved),
    )


def _with_settled(
    problem: Problem, plan: Plan, settled: Plan, begun: set[Month], today: dt.date
) -> tuple[list[Visit], list[Visit]]:
    """Return the entries of a plan with those that are past and promised in place of its own, and those that come too late."""
    known = {commune.code for commune in problem.communes}
    lived = [visit for visit in settled.entries() if visit.date < today and visit.commune in known]
    kept = Counter(map(_promise, lived))
    places = {(visit.mediator, visit.date, visit.half) for visit in lived}
    stay, late = list(lived), []
    for visit in plan.entries():
        if kept[_promise(visit)]:
            kept[_promise(visit)] -= 1
        elif (
            visit.commune in known
            and visit.date < today
            and (visit.month in begun or (visit.mediator, visit.date, visit.half) in places)
        ):
            late.append(visit)
        else:
            stay.append(visit)
    return stay, late


def _late(visits: Iterable[Visit], settled: Plan) -> list[_Mover]:
    """Return the visits that a plan has in the past: where they are settled, else as near as can be."""
    promised = {_promise(visit): (visit.date, visit.half) for visit in settled.entries()}
    places = [(visit, promised.get(_promise(visit), (visit.date, visit.half))) for visit in visits]
    return [_Mover(drafted=visit, near=place, sought=place) for visit, place in places]


def _promise(visit: Visit) -> tuple[str, Month]:
    return visit.commune, visit.for_month if isinstance(visit, MakeUp) else visit.month


def _waiting(plan: Plan, stay: Iterable[Visit], agreed: Agreed, rule: AvenantRule, today: dt.date) -> list[_Mover]:
    """Return the visits that are not where their commune agreed to, and may not be until an avenant says so."""
    usual = {code: Counter(visit.pattern for visit in visits) for code, visits in plan.by_commune.items()}
    visits = [visit for visit in stay if not isinstance(visit, MakeUp)]
    served = {(visit.commune, visit.month, visit.pattern) for visit in visits}
    movers: dict[tuple[str, Month], _Mover] = {}
    for visit in visits:
        annex = agreed.get(visit.month, {}).get(visit.commune)
        if annex is None or visit.date <= today or (visit.commune, visit.month) in movers:
            continue
        pattern = annex.nth, annex.window
        counts = usual.get(visit.commune, Counter())
        keeps_day = counts[pattern] == max(counts.values(), default=0)
        if (visit.commune, visit.month, pattern) in served or (keeps_day and rule is AvenantRule.PATTERN_ONLY):
            continue
        there = agreed_day(visit.month, annex)
        if there[0] > today:
            # Where the usual day stays, a date that cannot be the agreed one may as well be the plan's own.
            near = (visit.date, visit.half) if keeps_day else there
            movers[visit.commune, visit.month] = _Mover(drafted=visit, near=near, sought=there, agreed=annex)
    return list(movers.values())


def agreed_day(month: Month, annex: Annex) -> HalfDay:
    """Return the half-day that an agreed day means in a month; its last weekday of that name when it has no fifth one."""
    nths = (nth_weekday(month, nth, annex.window.weekday) for nth in range(annex.nth, 0, -1))
    return next(day for day in nths if day is not None), annex.window.half


def _placed(
    problem: Problem, month: Month, movers: Sequence[_Mover], fixed: Iterable[Visit], today: dt.date
) -> dict[Visit, Visit]:
    """Return where each mover of a month stands; those that wait for an avenant never give way to those that are late."""
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
    movers: Sequence[_Mover],
    ranks: Sequence[HalfDay],
    room: Sequence[int],
    busy: Collection[tuple[str, HalfDay]],
    today: dt.date,
) -> tuple[list[_Mover], list[list[int]]]:
    """Return the movers, first those that can have the very half-day they look for, each with its half-days, the best first."""
    left = list(room)
    first, second, late = [], [], []
    for mover in movers:
        choices = _choices(problem.commune(mover.drafted.commune), mover, ranks, busy, today)
        if mover.agreed is None:
            late.append((mover, choices))
        elif choices and left[choices[0]] and ranks[choices[0]] == mover.sought:
            left[choices[0]] -= 1
            first.append((mover, choices))
        else:
            second.append((mover, choices))
    pairs = first + second + late
    return [mover for mover, _ in pairs], [choices for _, choices in pairs]


def _choices(
    commune: Commune, mover: _Mover, ranks: Sequence[HalfDay], busy: Collection[tuple[str, HalfDay]], today: dt.date
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
