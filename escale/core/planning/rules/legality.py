"""What makes a visit legal: art. 4 of the convention, the calendar, the team and the commune."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from escale.core.calendar.halfdays import Half, Weekday, Window
from escale.core.calendar.months import Month
from escale.core.planning.faults import Fault, Rule
from escale.core.planning.plan import MakeUp, Plan, Visit
from escale.core.planning.problem import Commune, Mediator, Problem

WORDS = {
    Rule.KNOWN: "commune ou médiateur inconnu",
    Rule.MONTH: "hors des mois planifiés",
    Rule.HOLIDAY: "jour férié",
    Rule.MEDIATOR_AWAY: "le médiateur est absent",
    Rule.SERVICE_WINDOW: "demi-journée que le service ne donne pas aux communes (art. 4)",
    Rule.COMMUNE_WINDOW: "demi-journée que la commune ne peut pas accueillir",
    Rule.COMMUNE_CLOSED: "salle fermée ce jour-là",
    Rule.COMMUNE_IN: "la commune ne participe pas à cette date",
    Rule.ONE_A_MONTH: "une visite de trop dans le mois (art. 4)",
    Rule.ONE_PLACE: "le médiateur est déjà pris",
}


def broken_rules(problem: Problem, commune: Commune, mediator: Mediator, day: dt.date, half: Half) -> Iterator[Rule]:
    """Yield the rules that a half-day breaks for a commune and a mediator, whatever else is planned."""
    window = Window(weekday=Weekday(day.weekday()), half=half)
    if Month.of(day) not in problem.months:
        yield Rule.MONTH
    if day in problem.holidays:
        yield Rule.HOLIDAY
    if day in mediator.away:
        yield Rule.MEDIATOR_AWAY
    if window not in problem.windows:
        yield Rule.SERVICE_WINDOW
    if window not in commune.windows:
        yield Rule.COMMUNE_WINDOW
    if commune.is_closed(day, half):
        yield Rule.COMMUNE_CLOSED
    if not commune.is_in(day):
        yield Rule.COMMUNE_IN


def faults(problem: Problem, plan: Plan) -> Iterator[Fault]:
    """Yield every fault of a plan, visits first and make-ups after them."""
    communes = {commune.code: commune for commune in problem.communes}
    mediators = {mediator.id: mediator for mediator in problem.mediators}
    taken: set[tuple[str, dt.date, Half]] = set()
    visits_in: Counter[tuple[str, Month]] = Counter()
    for entry in plan.entries():
        if entry.commune not in communes or entry.mediator not in mediators:
            yield _fault(Rule.KNOWN, entry, entry.commune)
            continue
        commune = communes[entry.commune]
        for rule in broken_rules(problem, commune, mediators[entry.mediator], entry.date, entry.half):
            yield _fault(rule, entry, commune.name)
        if not isinstance(entry, MakeUp):
            visits_in[entry.commune, entry.month] += 1
            if visits_in[entry.commune, entry.month] > commune.visits_per_month:
                yield _fault(Rule.ONE_A_MONTH, entry, commune.name)
        place = (entry.mediator, entry.date, entry.half)
        if place in taken:
            yield _fault(Rule.ONE_PLACE, entry, commune.name)
        taken.add(place)


def _fault(rule: Rule, entry: Visit, name: str) -> Fault:
    what = f"{name}, {entry.date} {entry.half.value}, {entry.mediator}"
    return Fault(rule=rule, commune=entry.commune, message=f"{what} : {WORDS[rule]}")
