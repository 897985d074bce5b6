"""Capacity: what the months owe and what they can give, before anything is planned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from escale.core.calendar.french import month_words, period_words
from escale.core.calendar.halfdays import Window
from escale.core.calendar.months import Month
from escale.core.planning.faults import ProblemError
from escale.core.planning.problem import Commune, Mediator, Problem
from escale.core.planning.readings import Reading, windows_of
from escale.core.planning.shortage import HalfDay, Unserved, half_days, most_served, options_of, reason_for

NEW_COMMUNE = "nouvelle commune"
NEW_MEDIATOR = "nouveau poste"


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCapacity:
    """A month: half-days of mediators that the service gives, visits that it owes, and the fewest that no plan can serve."""

    month: Month
    places: int
    needs: int
    unserved: tuple[Unserved, ...]

    @property
    def spare(self) -> int:
        """Places beyond the needs; negative when some are missing."""
        return self.places - self.needs

    @property
    def kept(self) -> bool:
        """Whether the promise of a visit a month (art. 4) can be kept."""
        return not self.unserved

    @property
    def words(self) -> str:
        """The month in one French sentence."""
        start = f"{month_words(self.month)} : {self.places} demi-journées pour {self.needs} visites"
        if self.spare < 0:
            return f"{start}, il en manque {-self.spare}"
        if self.unserved:
            return f"{start}, mais {_visits(len(self.unserved))} sans demi-journée possible"
        return f"{start}, il en reste {self.spare}" if self.spare else f"{start}, il n’en reste aucune"


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """The months of a horizon under one set of half-days."""

    windows: frozenset[Window]
    months: tuple[MonthCapacity, ...]

    @property
    def kept(self) -> bool:
        """Whether every month can keep its promise."""
        return not self.broken

    @property
    def broken(self) -> tuple[MonthCapacity, ...]:
        """The months that cannot serve everyone."""
        return tuple(month for month in self.months if not month.kept)

    @property
    def unserved(self) -> tuple[Unserved, ...]:
        """The shortest list of visits that no plan can serve."""
        return tuple(visit for month in self.months for visit in month.unserved)

    @property
    def words(self) -> str:
        """The horizon in one French sentence."""
        if self.kept:
            tight = min(self.months, key=lambda month: month.spare)
            tightest = f"le mois le plus serré est {month_words(tight.month)}, où {_left(tight.spare)}"
            return f"Chaque commune peut avoir sa visite chaque mois ; {tightest}."
        lost = f"{_visits(len(self.unserved))} sans place au total"
        if len(self.broken) == len(self.months):
            return f"La promesse ne peut être tenue aucun mois : {lost}."
        names = ", ".join(month_words(month.month) for month in self.broken)
        return f"La promesse ne peut pas être tenue en {names} : {lost}."


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveRequest:
    """Leave that a mediator asks for and that is not yet granted; both days are included."""

    mediator: str
    starts: dt.date
    ends: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveEffect:
    """What a request costs: months that serve fewer visits than without it, alone and after those asked for before it."""

    request: LeaveRequest
    alone: tuple[MonthCapacity, ...]
    in_turn: tuple[MonthCapacity, ...]

    @property
    def words(self) -> str:
        """The effect in one French sentence."""
        start = f"{self.request.mediator}, {period_words(self.request.starts, self.request.ends)}"
        if self.alone:
            return f"{start} : rompt la promesse à lui seul en {_months(self.alone)}."
        if self.in_turn:
            return f"{start} : rompt la promesse, avec les congés demandés avant, en {_months(self.in_turn)}."
        return f"{start} : la promesse tient."


def capacity(problem: Problem) -> Capacity:
    """Return places, needs and the fewest unserved visits of each month (art. 4), by maximum matching: no plan does better."""
    return Capacity(windows=problem.windows, months=tuple(_month(problem, month) for month in problem.months))


def capacity_by_reading(problem: Problem, *, custom: Iterable[Window] = ()) -> dict[Reading, Capacity]:
    """Return the capacity under each reading of art. 4; the custom one is there when `custom` names half-days.

    The half-days of the communes stay as they are: a reading that gives a half-day which no commune declared gives nothing.
    Raise ReadingError when `custom` holds a half-day that art. 4 excepts.
    """
    chosen = frozenset(custom)
    readings = [reading for reading in Reading if reading is not Reading.CUSTOM or chosen]
    return {reading: capacity(replace(problem, windows=windows_of(reading, custom=chosen))) for reading in readings}


def leave_effects(problem: Problem, requests: Sequence[LeaveRequest]) -> tuple[LeaveEffect, ...]:
    """Say which requests break the monthly promise: each on its own, and in turn with those before it in the list.

    Raise ProblemError when a request ends before it starts or names nobody of the team.
    """
    as_is = {month.month: month for month in capacity(problem).months}
    effects = []
    granted, before = problem.mediators, dict(as_is)
    for request in requests:
        alone = _touched(problem, _granted(problem, problem.mediators, request), request)
        granted = _granted(problem, granted, request)
        after = _touched(problem, granted, request)
        effects.append(LeaveEffect(request=request, alone=_worse(alone, as_is), in_turn=_worse(after, before)))
        before |= {month.month: month for month in after}
    return tuple(effects)


def with_leave(problem: Problem, requests: Iterable[LeaveRequest]) -> Problem:
    """Return the problem once all requests are granted. Raise ProblemError as `leave_effects` does."""
    team = problem.mediators
    for request in requests:
        team = _granted(problem, team, request)
    return problem.with_changes(mediators=team)


def with_more_communes(problem: Problem, number: int = 1) -> Capacity:
    """Return the capacity with more communes, each with one visit a month and open on every half-day of the service."""
    added = tuple(
        Commune(code=f"{NEW_COMMUNE} {n + 1}", name=f"{NEW_COMMUNE} {n + 1}", windows=problem.windows) for n in range(number)
    )
    return Capacity(windows=problem.windows, months=tuple(_month(problem, month, communes=added) for month in problem.months))


def with_more_mediators(problem: Problem, number: int = 1) -> Capacity:
    """Return the capacity with more mediators who take no leave."""
    team = (*problem.mediators, *(Mediator(id=f"{NEW_MEDIATOR} {n + 1}") for n in range(number)))
    return Capacity(windows=problem.windows, months=tuple(_month(problem, month, team=team) for month in problem.months))


def _month(
    problem: Problem, month: Month, *, communes: tuple[Commune, ...] = (), team: tuple[Mediator, ...] = ()
) -> MonthCapacity:
    """Return one month, with communes added to those of the problem, or with another team."""
    offered = half_days(month, problem.windows, problem.holidays, team or problem.mediators)
    room = [len(present) for present in offered.values()]
    choices = _choices([c for c in (*problem.communes, *communes) if c.visits_due(month)], offered)
    due = [choice for choice in choices for _ in range(choice[0].visits_due(month))]
    due.sort(key=lambda choice: (len(choice[1]), choice[0].code))  # the least free first: fewer paths to search
    options = [half_days_open for _, half_days_open in due]
    given = most_served(options, room)
    left_out = [n for n in range(len(due)) if given[n] < 0]
    # Visits that can take the same half-days are left out for the same reason: it is sought once.
    reasons = {options[n]: reason_for(n, options, room, given) for n in {options[n]: n for n in left_out}.values()}
    unserved = tuple(
        Unserved(commune=due[n][0].code, name=due[n][0].name, month=month, reason=reasons[options[n]]) for n in left_out
    )
    return MonthCapacity(month=month, places=sum(room), needs=len(due), unserved=unserved)


def _choices(communes: Iterable[Commune], offered: Iterable[HalfDay]) -> list[tuple[Commune, tuple[int, ...]]]:
    """Return each commune with the half-days that it can take; communes that open alike are asked once."""
    ranked = list(offered)
    known: dict[tuple[object, ...], tuple[int, ...]] = {}
    found = []
    for commune in communes:
        opening = commune.windows, commune.closed, commune.shut, commune.starts, commune.until
        if opening not in known:
            known[opening] = tuple(options_of(commune, ranked))
        found.append((commune, known[opening]))
    return found


def _granted(problem: Problem, team: tuple[Mediator, ...], request: LeaveRequest) -> tuple[Mediator, ...]:
    """Return a team of the problem once a request is granted."""
    problem.mediator(request.mediator)
    if request.ends < request.starts:
        raise ProblemError(place="leave", message=f"le congé finit le {request.ends} avant de commencer le {request.starts}")
    days = frozenset(request.starts + dt.timedelta(days=n) for n in range((request.ends - request.starts).days + 1))
    return tuple(replace(m, away=m.away | days) if m.id == request.mediator else m for m in team)


def _touched(problem: Problem, team: tuple[Mediator, ...], request: LeaveRequest) -> tuple[MonthCapacity, ...]:
    """Return the months in which a request takes days, with a team; the others stay as they were."""
    taken = {*Month.of(request.starts).until(Month.of(request.ends))}
    return tuple(_month(problem, month, team=team) for month in problem.months if month in taken)


def _worse(now: Iterable[MonthCapacity], before: Mapping[Month, MonthCapacity]) -> tuple[MonthCapacity, ...]:
    return tuple(month for month in now if len(month.unserved) > len(before[month.month].unserved))


def _months(months: Iterable[MonthCapacity]) -> str:
    return ", ".join(f"{month_words(m.month)} ({_visits(len(m.unserved))} sans place)" for m in months)


def _visits(number: int) -> str:
    return f"{number} visite{'s' if number > 1 else ''}"


def _left(number: int) -> str:
    if not number:
        return "aucune demi-journée ne reste"
    return f"il reste {number} demi-journées" if number > 1 else "il reste une demi-journée"
