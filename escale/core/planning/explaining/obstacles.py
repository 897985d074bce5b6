"""What forbids a usual day: the rule that all its dates break, told in French."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from escale.core.calendar.halfdays import Weekday, Window
from escale.core.planning.faults import Rule
from escale.core.planning.problem import Commune, Problem
from escale.core.planning.rules.legality import broken_rules


class Reason(StrEnum):
    """Why there is nothing to search: a rule forbids the window, or the commune is there already."""

    SERVICE_WINDOW = Rule.SERVICE_WINDOW
    COMMUNE_WINDOW = Rule.COMMUNE_WINDOW
    HOLIDAY = Rule.HOLIDAY
    MEDIATOR_AWAY = Rule.MEDIATOR_AWAY
    COMMUNE_CLOSED = Rule.COMMUNE_CLOSED
    COMMUNE_IN = Rule.COMMUNE_IN
    NO_DATE = "no_date"
    ALREADY_THERE = "already_there"


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """A rule that forbids a window to a commune, and the sentence that says so."""

    reason: Reason
    words: str


EVERY_DATE = {
    Reason.HOLIDAY: "tous les {day} de la période sont fériés",
    Reason.MEDIATOR_AWAY: "aucun médiateur n'est présent un {day} de la période",
    Reason.COMMUNE_CLOSED: "la salle est fermée tous les {day} de la période",
    Reason.COMMUNE_IN: "la commune ne participe à aucun {day} de la période",
    Reason.NO_DATE: "chaque {day} de la période est férié, ou la salle est fermée, ou les médiateurs sont absents",
}


def obstacle(problem: Problem, commune: Commune, window: Window) -> Obstacle | None:
    """Return what forbids the window to the commune, or None when one date at least is possible."""
    day = window.words
    if window not in problem.windows:
        words = f"Impossible : le {day}, le service ne donne pas de demi-journée aux communes (art. 4 de la convention)."
        return Obstacle(reason=Reason.SERVICE_WINDOW, words=words)
    if window not in commune.windows:
        return Obstacle(
            reason=Reason.COMMUNE_WINDOW, words=f"Impossible : {commune.name} ne peut pas accueillir de visite le {day}."
        )
    dates = [d for month in problem.months for d in month.days() if Weekday(d.weekday()) == window.weekday]
    broken = [set(broken_rules(problem, commune, m, d, window.half)) for d in dates for m in problem.mediators]
    if not all(broken):
        return None
    shared = set.intersection(*broken) if broken else set()
    causes = (Reason.COMMUNE_IN, Reason.HOLIDAY, Reason.COMMUNE_CLOSED, Reason.MEDIATOR_AWAY)
    reason = next((cause for cause in causes if Rule(cause) in shared), Reason.NO_DATE)
    return Obstacle(reason=reason, words=f"Impossible : {EVERY_DATE[reason].format(day=day)}.")
