"""The plan under repair: which published visits and make-ups still stand, and what the disruption made impossible."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from itertools import chain

from escale.core.calendar.months import Month
from escale.core.planning.faults import ProblemError, Rule
from escale.core.planning.plan import MakeUp, Plan, Visit
from escale.core.planning.problem import Commune, Problem
from escale.core.planning.repair.disruption import ByHand, Disruption
from escale.core.planning.repair.wishes import Seat
from escale.core.planning.rules.legality import WORDS, broken_rules
from escale.core.planning.shortage import half_days


@dataclass(slots=True, kw_only=True)
class Draft:
    """What changes while months are repaired one after the other. `problem` is the disrupted one."""

    problem: Problem
    since: dt.date
    visits: dict[str, list[Visit]]
    make_ups: list[MakeUp]
    lost: list[Visit]
    by_hand: dict[Visit, Visit | None] = field(default_factory=dict)

    def of(self, code: str) -> list[Visit]:
        """Return the visits of a commune."""
        return self.visits.setdefault(code, [])

    def in_month(self, code: str, month: Month) -> list[Visit]:
        """Return the visits of a commune in a month."""
        return [visit for visit in self.of(code) if visit.month == month]

    def stands(self, visit: Visit) -> bool:
        """Tell whether a visit may not move: it is past, or the coordinator set it."""
        return visit.date < self.since or visit in self.by_hand

    def taken(self) -> set[Seat]:
        """Return the half-days that a visit or a make-up holds."""
        return {seat_of(entry) for entry in chain(*self.visits.values(), self.make_ups)}

    def seats(self, month: Month) -> list[Seat]:
        """Return the half-days of mediators that a repair may use in a month."""
        offered = half_days(month, self.problem.windows, self.problem.holidays, self.problem.mediators)
        return [Seat(day, half, who) for (day, half), team in offered.items() if day >= self.since for who in team]

    def wanted(self, commune: Commune, month: Month) -> int:
        """Return how many visits a month shall hold: those due, and those published in a month that owes none."""
        due = commune.visits_due(month)
        if due or not (commune.starts <= month.last and month.first <= commune.until):
            return max(due, len(self.in_month(commune.code, month)))
        lost = [v for v in self.lost if v.commune == commune.code and v.month == month and not isinstance(v, MakeUp)]
        back = sum(commune.is_in(visit.date) for visit in lost)
        return min(commune.visits_per_month, len(self.in_month(commune.code, month)) + back)


def seat_of(visit: Visit) -> Seat:
    """Return the half-day of a mediator that a visit holds."""
    return Seat(visit.date, visit.half, visit.mediator)


def draft_of(problem: Problem, plan: Plan, disruption: Disruption) -> Draft:
    """Sort published visits and make-ups into those that stand and those that are lost, and set the visits moved by hand.

    Raise ProblemError when a visit moved by hand breaks a rule.
    """
    disrupted = disruption.applied_to(problem)
    communes = {commune.code: commune for commune in disrupted.communes}
    mediators = {mediator.id: mediator for mediator in disrupted.mediators}
    draft = Draft(problem=disrupted, since=disruption.since or dt.date.min, visits={}, make_ups=[], lost=[])
    taken: set[Seat] = set()
    number: Counter[tuple[str, Month]] = Counter()
    for entry in plan.entries():
        commune, mediator = communes.get(entry.commune), mediators.get(entry.mediator)
        if (
            commune is None
            or mediator is None
            or _is_broken(problem, disrupted, entry, since=draft.since)
            or (not isinstance(entry, MakeUp) and number[entry.commune, entry.month] >= commune.visits_per_month)
            or seat_of(entry) in taken
        ):
            draft.lost.append(entry)
            continue
        taken.add(seat_of(entry))
        if isinstance(entry, MakeUp):
            draft.make_ups.append(entry)
        else:
            number[entry.commune, entry.month] += 1
            draft.of(entry.commune).append(entry)
    for move in disruption.by_hand:
        _set_by_hand(draft, plan, move)
    return draft


def _is_broken(problem: Problem, disrupted: Problem, entry: Visit, *, since: dt.date) -> bool:
    """Tell whether a visit breaks a rule. The past was held whatever the rules have become, unless the disruption says no."""
    broken = _broken(disrupted, entry)
    return bool(broken - _broken(problem, entry) if entry.date < since else broken)


def _broken(problem: Problem, entry: Visit) -> set[Rule]:
    commune, mediator = problem.commune(entry.commune), problem.mediator(entry.mediator)
    return set(broken_rules(problem, commune, mediator, entry.date, entry.half))


def _set_by_hand(draft: Draft, plan: Plan, move: ByHand) -> None:
    commune = draft.problem.commune(move.commune)
    mediator = draft.problem.mediator(move.mediator)
    visit = Visit(date=move.date, half=move.half, commune=move.commune, mediator=move.mediator)
    place = f"moved ({commune.name}, {move.date} {move.half.value})"
    for rule in broken_rules(draft.problem, commune, mediator, move.date, move.half):
        raise ProblemError(place=place, message=f"{WORDS[rule]} ; choisir une autre demi-journée")
    if seat_of(visit) in {seat_of(other) for other in draft.by_hand}:
        raise ProblemError(place=place, message="deux visites sont placées à la main sur cette demi-journée ; n'en garder qu'une")
    was = next((v for v in plan.visits if v.commune == move.commune and v.date == move.was), None)
    if move.was is not None and was is None:
        raise ProblemError(
            place=place, message=f"aucune visite publiée le {move.was} ; donner la date d'une visite de la commune"
        )
    visits = draft.of(move.commune)
    if was in visits:
        visits.remove(was)
    if visit in visits:
        raise ProblemError(place=place, message="la commune a déjà une visite sur cette demi-journée ; en choisir une autre")
    if len(draft.in_month(move.commune, visit.month)) >= commune.visits_per_month:
        raise ProblemError(place=place, message="le mois a déjà sa visite (art. 4) ; dire quelle visite est déplacée")
    draft.by_hand[visit] = was
    visits.append(visit)
