"""From a tour to the next one: a commune whose usual day changes stays on its agreed day until its avenant is in force."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from escale.core.calendar.halfdays import Weekday, Window
from escale.core.calendar.months import Month, nth_weekday
from escale.core.planning.moving import Mover, Turn, placed
from escale.core.planning.plan import MakeUp, Plan, Visit
from escale.core.planning.problem import Annex, Problem
from escale.core.planning.shortage import HalfDay

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
    """The tour that may be published now: who waits in it for an avenant, and who makes room for them.

    `lost` holds visits that come too late, and for which no later day is free.
    """

    plan: Plan
    held: tuple[Held, ...] = ()
    gave_way: tuple[tuple[Visit, Visit], ...] = ()
    lost: tuple[Visit, ...] = ()


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
    promised: Collection[Visit] = (),
) -> Transition:
    """Return a plan with each commune whose usual day it changes on the day agreed in that month; the others stay.

    Another commune gives way only where it has not agreed to that half-day itself. Where the agreed one is not legal or not free,
    the nearest is taken: whoever has a visit in the plan keeps one.
    Nothing moves before `today`, nor to that very day: of what is `settled` in the months that have `begun`, the past stays; what
    the plan has there besides comes later in its month, when it is settled if possible, or is lost. `whole` is the tour whose
    usual days count, when `plan` is a part of it. What is `promised` waits for nothing: a repair leaves it where it is.
    A legal plan gives a legal one.
    """
    stay, late = _with_settled(problem, plan, settled, set(begun), today)
    movers = _waiting(whole or plan, stay, agreed, rule, today, promised)
    leaving = {mover.drafted for mover in movers}
    fixed = [visit for visit in stay if visit not in leaving]
    yielding = _giving_way(problem, movers, fixed, agreed, today)
    fixed = [visit for visit in fixed if visit not in {mover.drafted for mover in yielding}]
    movers = [*movers, *yielding, *_late(late, settled)]
    moved: dict[Visit, Visit] = {}
    for month in sorted({mover.drafted.month for mover in movers}):
        here = [mover for mover in movers if mover.drafted.month == month]
        moved |= placed(problem, month, here, fixed, today)
    entries = [*fixed, *moved.values()]
    return Transition(
        plan=Plan(
            visits=tuple(visit for visit in entries if not isinstance(visit, MakeUp)),
            make_ups=tuple(visit for visit in entries if isinstance(visit, MakeUp)),
        ),
        held=tuple(
            Held(agreed=agreed[visit.month][visit.commune], drafted=visit, visit=moved[visit])
            for visit in (mover.drafted for mover in movers if mover.turn is Turn.WAITS)
            if moved.get(visit, visit) != visit
        ),
        gave_way=tuple(
            (mover.drafted, moved[mover.drafted])
            for mover in yielding
            if moved.get(mover.drafted, mover.drafted) != mover.drafted
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


def _late(visits: Iterable[Visit], settled: Plan) -> list[Mover]:
    """Return the visits that a plan has in the past: where they are settled, else as near as can be."""
    promised = {_promise(visit): (visit.date, visit.half) for visit in settled.entries()}
    places = [(visit, promised.get(_promise(visit), (visit.date, visit.half))) for visit in visits]
    return [Mover(drafted=visit, turn=Turn.IS_LATE, sought=place, near=place) for visit, place in places]


def _promise(visit: Visit) -> tuple[str, Month]:
    return visit.commune, visit.for_month if isinstance(visit, MakeUp) else visit.month


def _waiting(
    plan: Plan, stay: Iterable[Visit], agreed: Agreed, rule: AvenantRule, today: dt.date, promised: Collection[Visit]
) -> list[Mover]:
    """Return the visits that are not where their commune agreed to, and may not be until an avenant says so."""
    usual = {code: Counter(visit.pattern for visit in visits) for code, visits in plan.by_commune.items()}
    visits = [visit for visit in stay if not isinstance(visit, MakeUp)]
    served = {(visit.commune, visit.month, visit.pattern) for visit in visits}
    movers: dict[tuple[str, Month], Mover] = {}
    for visit in visits:
        annex = agreed.get(visit.month, {}).get(visit.commune)
        if annex is None or visit.date <= today or visit in promised or (visit.commune, visit.month) in movers:
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
            movers[visit.commune, visit.month] = Mover(drafted=visit, turn=Turn.WAITS, sought=there, near=near)
    return list(movers.values())


def _giving_way(problem: Problem, movers: Iterable[Mover], fixed: Sequence[Visit], agreed: Agreed, today: dt.date) -> list[Mover]:
    """Return the visits that stand on a half-day which another commune agreed to, and theirs did not, as far as it lacks room."""
    seeking: defaultdict[HalfDay, list[Mover]] = defaultdict(list)
    for mover in movers:
        day, half = mover.sought
        if _is_given(problem, mover.sought) and problem.commune(mover.drafted.commune).opens(day, half):
            seeking[mover.sought].append(mover)
    found = []
    for (day, half), waiting in seeking.items():
        present = sum(day not in mediator.away for mediator in problem.mediators)
        there = [visit for visit in fixed if (visit.date, visit.half) == (day, half)]
        lacking = max(0, len(waiting) - (present - len(there)))
        leaving = [visit for visit in there if not isinstance(visit, MakeUp) and not _has_agreed(visit, agreed)]
        for visit, other in zip(leaving[:lacking], waiting, strict=False):
            place = other.drafted.date, other.drafted.half
            found.append(Mover(drafted=visit, turn=Turn.GIVES_WAY, sought=place, near=(day, half)))
    return found


def _is_given(problem: Problem, half_day: HalfDay) -> bool:
    day, half = half_day
    return day not in problem.holidays and Window(weekday=Weekday(day.weekday()), half=half) in problem.windows


def _has_agreed(visit: Visit, agreed: Agreed) -> bool:
    annex = agreed.get(visit.month, {}).get(visit.commune)
    return annex is not None and (visit.date, visit.half) == agreed_day(visit.month, annex)


def agreed_day(month: Month, annex: Annex) -> HalfDay:
    """Return the half-day that an agreed day means in a month; its last weekday of that name when it has no fifth one."""
    nths = (nth_weekday(month, nth, annex.window.weekday) for nth in range(annex.nth, 0, -1))
    return next(day for day in nths if day is not None), annex.window.half
