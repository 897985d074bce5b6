"""Try a change of the pattern on a published tour: is it possible, who moves, how far one drives, what stays free (art. 4, 8)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from escale.core.calendar.halfdays import Half, Window
from escale.core.planning.capacity import NEW_COMMUNE, NEW_MEDIATOR
from escale.core.planning.check import check, cost_of
from escale.core.planning.explain import explain
from escale.core.planning.explaining.changes import Change, changes
from escale.core.planning.explaining.usual import usual_day
from escale.core.planning.faults import ProblemError
from escale.core.planning.plan import Plan, Visit
from escale.core.planning.problem import Commune, Mediator, Problem
from escale.core.planning.repair import Disruption, Joining
from escale.core.planning.repair.repair import repair
from escale.core.planning.rules.costs import apart_days
from escale.core.planning.shortage import Unserved
from escale.core.planning.tried import Trial

MOST_VISITS = 4
Clock = Callable[[], float]


def try_visits(problem: Problem, plan: Plan, *, commune: str, visits: int, clock: Clock, seconds: float = 8.0) -> Trial:
    """Try several visits a month for a commune: those that it has stay, each new one stands apart from them.

    Raise ProblemError for a number that is not more than it has, or more than MOST_VISITS.
    """
    asked = problem.commune(commune)
    if not asked.visits_per_month < visits <= MOST_VISITS:
        told = f"{asked.name} a {asked.visits_per_month} demi-journée(s) par mois ; en essayer davantage, {MOST_VISITS} au plus"
        raise ProblemError(place="visits", message=told)
    before = legal_part(problem, plan, clock=clock)
    steps = visits - asked.visits_per_month
    found = _one_more_visit(problem, before, commune, clock, seconds / steps)
    for _ in range(steps - 1):
        if found.missing:
            break
        more = _one_more_visit(*found.after, commune, clock, seconds / steps)
        found = replace(
            more,
            before=found.before,
            moved=_others(more.after[0], before, more.after[1], commune),
            added=tuple(sorted((*found.added, *more.added))),
            missing=more.missing,
            is_least=False,
            least=None,
        )
    return found


def try_commune(problem: Problem, plan: Plan, *, like: str, clock: Clock, seconds: float = 8.0) -> Trial:
    """Try one more commune, where another one is and open when it is."""
    before = legal_part(problem, plan, clock=clock)
    after = _with_copy(problem, like=like, code=NEW_COMMUNE, name=NEW_COMMUNE)
    tours, missing = _placed(after, before, NEW_COMMUNE, clock, seconds)
    return _chosen(
        [
            Trial(
                before=(problem, before),
                after=(after, tour),
                moved=_others(after, before, tour, NEW_COMMUNE),
                usual=usual_day(tour, NEW_COMMUNE),
                added=tour.by_commune.get(NEW_COMMUNE, ()),
                missing=missing,
            )
            for tour in tours
        ]
    )


def try_window(problem: Problem, plan: Plan, *, commune: str, window: Window, clock: Clock, seconds: float = 3.0) -> Trial:
    """Try another half-day of the week as the usual one of a commune, by the plainest exchange that is found."""
    before = legal_part(problem, plan, clock=clock)
    found = explain(problem, before, commune=commune, window=window, clock=clock, seconds=seconds)
    exchanged = found.exchange.plan if found.exchange else found.plan
    after = exchanged if found.allowed and exchanged is not None else before
    mine = set(after.by_commune.get(commune, ())) - set(before.by_commune.get(commune, ()))
    return _judged(
        Trial(
            before=(problem, before),
            after=(problem, after),
            moved=_others(problem, before, after, commune),
            usual=usual_day(after, commune),
            added=tuple(sorted(mine)),
            reason="" if found.allowed else found.words,
        )
    )


def try_mediator(problem: Problem, plan: Plan, *, clock: Clock, seconds: float = 5.0) -> Trial:
    """Try one more mediator who takes no leave: visits without a place find one, nobody else moves."""
    before = legal_part(problem, plan, clock=clock)
    after = problem.with_changes(mediators=(*problem.mediators, Mediator(id=NEW_MEDIATOR)))
    found = repair(after, before, _joining(after, _lacking(after, before)), clock=clock, seconds=seconds)
    moved = tuple(change for change in changes(after, before, found.plan) if change.visits_from)
    return _judged(
        Trial(
            before=(problem, before),
            after=(after, found.plan),
            moved=moved,
            added=found.added,
            missing=_more_missing(found.unserved, _count_unserved(problem, before)),
            is_least=True,
        )
    )


def legal_part(problem: Problem, plan: Plan, *, clock: Clock) -> Plan:
    """Return a tour with what became impossible since it was published put right, and what has a place served.

    No change is blamed, or thanked, for that.
    """
    if not (lacking := _lacking(problem, plan)) and not check(problem, plan):
        return plan
    return repair(problem, plan, _joining(problem, lacking), clock=clock).plan


def median_commune(problem: Problem) -> str:
    """Return the code of the commune that half of the others are farther than."""
    ranked = sorted(zip(problem.base_hm, (one.code for one in problem.communes), strict=True))
    return ranked[len(ranked) // 2][1]


def _one_more_visit(problem: Problem, before: Plan, commune: str, clock: Clock, seconds: float) -> Trial:
    """Try one visit a month more: it is placed as a commune of its own, which keeps away from the visits that stand."""
    asked = problem.commune(commune)
    raised = replace(asked, visits_per_month=asked.visits_per_month + 1, several_from=dt.date.min)
    after = problem.with_changes(communes=tuple(raised if one.code == commune else one for one in problem.communes))
    code = f"{commune}/{raised.visits_per_month}"
    own = [visit for visit in before.visits if visit.commune == commune]
    near = _near(own, apart_days(raised.visits_per_month))
    copied = _pinned(_with_copy(problem, like=commune, code=code, name=asked.name, closed=near), commune, own)
    tours, missing = _placed(copied, before, code, clock, seconds)
    found = []
    for tour in tours:
        added = tuple(replace(visit, commune=commune) for visit in tour.visits if visit.commune == code)
        merged = Plan(
            visits=(*(visit for visit in tour.visits if visit.commune != code), *added),
            # What finds no place in its month is told as such: no make-up is promised for a trial.
            make_ups=tuple(visit for visit in tour.make_ups if visit.commune != code),
        )
        found.append(
            Trial(
                before=(problem, before),
                after=(after, merged),
                moved=_others(after, before, merged, commune),
                usual=usual_day(tour, code),
                added=added,
                missing=missing,
            )
        )
    return _chosen(found)


def _placed(
    problem: Problem, plan: Plan, code: str, clock: Clock, seconds: float
) -> tuple[tuple[Plan, ...], tuple[Unserved, ...]]:
    """Place the visits of a commune that has none. Return the least disturbing plan, then the cheapest, and who has no place.

    The cheapest one may give it a steady day by the plainest exchange with others.
    """
    began = clock()
    found = repair(problem, plan, _joining(problem, [code]), clock=clock, seconds=seconds / 4)
    missing = _more_missing(found.unserved, _count_unserved(problem, plan, but=code))
    if missing:
        return (found.plan,), missing
    plans = [found.plan]
    windows = sorted(problem.windows & problem.commune(code).windows)
    for rank, window in enumerate(windows):
        left = (seconds - (clock() - began)) / (len(windows) - rank)
        answer = explain(problem, found.plan, commune=code, window=window, clock=clock, seconds=max(0.1, left))
        plans += [answer.exchange.plan] if answer.exchange else []
    return (found.plan, min(plans, key=lambda one: cost_of(problem, one))), ()


def _lacking(problem: Problem, plan: Plan) -> list[str]:
    """Return the communes to which some month owes more visits than it holds."""
    served = Counter((visit.commune, visit.month) for visit in plan.visits)
    return [
        one.code for one in problem.communes if any(one.visits_due(month) > served[one.code, month] for month in problem.months)
    ]


def _count_unserved(problem: Problem, plan: Plan, *, but: str = "") -> int:
    served = Counter((visit.commune, visit.month) for visit in plan.visits)
    others = [one for one in problem.communes if one.code != but]
    return sum(max(0, one.visits_due(month) - served[one.code, month]) for one in others for month in problem.months)


def _more_missing(found: tuple[Unserved, ...], already: int) -> tuple[Unserved, ...]:
    """Return the visits without a place where there are more of them than the tour has already."""
    return found if len(found) > already else ()


def _chosen(found: Sequence[Trial]) -> Trial:
    """Return the last of some trials, with the first, which disturbs least, beside it where it is another."""
    least, best = replace(_judged(found[0]), is_least=True), _judged(found[-1])
    return least if best.after == least.after else replace(best, least=least)


def _judged(trial: Trial) -> Trial:
    """Return a trial whose plan is legal: the search is never believed."""
    if faults := check(*trial.after):
        raise ProblemError(place="essai", message=f"le plan essayé n'est pas légal ({faults[0].message})")
    return trial


def _joining(problem: Problem, codes: Sequence[str]) -> Disruption:
    first = problem.months[0].first
    return Disruption(
        joinings=tuple(Joining(commune=code, date=max(first, problem.commune(code).starts)) for code in codes), since=first
    )


def _with_copy(problem: Problem, *, like: str, code: str, name: str, closed: frozenset[dt.date] = frozenset()) -> Problem:
    """Return the problem with one more commune, where another one is and open when it is, some more days apart."""
    place = next(i for i, one in enumerate(problem.communes) if one.code == like)
    model = problem.communes[place]
    copy = Commune(
        code=code,
        name=name,
        windows=model.windows,
        closed=model.closed | closed,
        shut=model.shut,
        starts=model.starts,
        until=model.until,
    )
    rows = tuple((*row, row[place]) for row in problem.between_hm)
    return replace(
        problem,
        communes=(*problem.communes, copy),
        base_hm=(*problem.base_hm, problem.base_hm[place]),
        between_hm=(*rows, (*rows[place][:-1], 0.0)),
    )


def _near(visits: Sequence[Visit], apart: int) -> frozenset[dt.date]:
    return frozenset(visit.date + dt.timedelta(days=n) for visit in visits for n in range(1 - apart, apart))


def _pinned(problem: Problem, code: str, own: Sequence[Visit]) -> Problem:
    """Return the problem with the visits of a commune where they are: the others go round them."""
    held = {(visit.date, visit.half) for visit in own}
    months = {visit.month for visit in own}
    free = {(day, half) for month in months for day in month.days() for half in Half} - held
    return problem.with_changes(
        communes=tuple(replace(one, shut=one.shut | free) if one.code == code else one for one in problem.communes)
    )


def _others(problem: Problem, before: Plan, after: Plan, commune: str) -> tuple[Change, ...]:
    return tuple(change for change in changes(problem, before, after) if change.commune != commune)
