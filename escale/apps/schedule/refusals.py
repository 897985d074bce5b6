"""Why an edit is refused: the rules of the planner and of the promises of art. 4, each told beside the field that it concerns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from escale.apps.schedule.drafts import promised_month
from escale.apps.schedule.wording import date_told, place_words
from escale.core.calendar.french import month_words
from escale.core.planning.faults import Rule
from escale.core.planning.plan import MakeUp, Plan, Visit
from escale.core.planning.problem import Problem
from escale.core.planning.repair.make_ups import WITHIN_MONTHS
from escale.core.planning.rules.legality import broken_rules

FIELDS = {
    Rule.MONTH: "date",
    Rule.HOLIDAY: "date",
    Rule.MEDIATOR_AWAY: "post",
    Rule.SERVICE_WINDOW: "half",
    Rule.COMMUNE_WINDOW: "half",
    Rule.COMMUNE_CLOSED: "date",
    Rule.COMMUNE_IN: "date",
}
"""The field of a form beside which a broken rule is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A reason, in French, and the field (date, half or post) that it concerns. `holder` has the place already."""

    field: str
    words: str
    holder: Visit | None = None


def refusals_of(
    problem: Problem, plan: Plan, *, gone: Sequence[Visit], come: Sequence[Visit], today: dt.date, posts: Mapping[str, str]
) -> tuple[Refusal, ...]:
    """Return why some visits may not leave a plan and others come into it; nothing when they may."""
    kept = [entry for entry in plan.entries() if entry not in gone]
    return (*_of_past(gone, come, today), *(found for visit in come for found in _of_visit(problem, kept, come, visit, posts)))


def _of_past(gone: Sequence[Visit], come: Sequence[Visit], today: dt.date) -> Iterator[Refusal]:
    for visit in gone:
        if visit.date < today:
            yield Refusal(field="date", words=f"Le passage du {date_told(visit.date)} a déjà eu lieu : il ne bouge plus.")
    for visit in come:
        if visit.date < today:
            yield Refusal(field="date", words=f"Le {date_told(visit.date)} est passé ; choisir une date à venir.")


def _of_visit(
    problem: Problem, kept: Sequence[Visit], come: Sequence[Visit], visit: Visit, posts: Mapping[str, str]
) -> Iterator[Refusal]:
    commune = next((commune for commune in problem.communes if commune.code == visit.commune), None)
    mediator = next((mediator for mediator in problem.mediators if mediator.id == visit.mediator), None)
    post = posts.get(visit.mediator, visit.mediator)
    if commune is None:
        yield Refusal(field="date", words="La commune ne participe pas à la tournée sur ces mois.")
        return
    if mediator is None:
        yield Refusal(field="post", words=f"Personne n’occupe {post} sur ces mois ; choisir un autre poste.")
        return
    words = {
        Rule.MONTH: f"Le {date_told(visit.date)} est hors des mois de cette tournée.",
        Rule.HOLIDAY: f"Le {date_told(visit.date)} est férié.",
        Rule.MEDIATOR_AWAY: f"Personne n’est présent à {post} le {date_told(visit.date)} : congé, absence ou poste vacant.",
        Rule.SERVICE_WINDOW: f"Le {visit.window.words}, le service ne donne pas de demi-journée aux communes (art.\u00a04).",
        Rule.COMMUNE_WINDOW: f"{commune.name} ne peut pas accueillir le {visit.window.words}.",
        Rule.COMMUNE_CLOSED: f"{commune.name} ne peut pas ouvrir de salle le {date_told(visit.date)}.",
        Rule.COMMUNE_IN: f"{commune.name} ne participe pas à la tournée le {date_told(visit.date)}.",
    }
    for rule in broken_rules(problem, commune, mediator, visit.date, visit.half):
        yield Refusal(field=FIELDS[rule], words=words[rule])
    others = [*kept, *(other for other in come if other is not visit)]
    yield from _of_promise(problem, others, visit)
    yield from _of_place(problem, others, visit, post)


def _of_promise(problem: Problem, others: Sequence[Visit], visit: Visit) -> Iterator[Refusal]:
    """One visit a month (art. 4): a make-up comes soon after a month that has none."""
    commune, month = problem.commune(visit.commune), promised_month(visit)
    promised = sum(other.commune == visit.commune and promised_month(other) == month for other in others)
    if promised >= commune.visits_per_month:
        yield Refusal(field="date", words=f"{commune.name} a déjà son passage pour {month_words(month)} (art.\u00a04).")
    if isinstance(visit, MakeUp) and not 0 < visit.month.index - month.index <= WITHIN_MONTHS:
        yield Refusal(
            field="date",
            words=f"Le passage de {month_words(month)} se tient dans son mois, ou se rattrape dans les {WITHIN_MONTHS} mois qui "
            "suivent.",
        )


def _of_place(problem: Problem, others: Sequence[Visit], visit: Visit, post: str) -> Iterator[Refusal]:
    for other in others:
        if (other.date, other.half) != (visit.date, visit.half):
            continue
        if other.mediator == visit.mediator:
            there = next((c.name for c in problem.communes if c.code == other.commune), other.commune)
            yield Refusal(field="post", words=f"{post} a déjà un passage le {place_words(other)} : {there}.", holder=other)
        elif other.commune == visit.commune:
            yield Refusal(field="half", words=f"La commune a déjà un passage le {place_words(visit)}.")
