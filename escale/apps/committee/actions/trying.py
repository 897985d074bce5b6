"""Try a proposal on the planner before anyone votes on it, and take into the proposal what the trial would change (art. 4, 6)."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from escale.apps.audit import events
from escale.apps.audit.actors import Actor
from escale.apps.committee.actions.proposing import correct_proposal, locked_proposal
from escale.apps.committee.clauses import ANNEX_ARTICLE, Clause
from escale.apps.committee.models import Proposal, Trial
from escale.apps.conventions.following import SESSIONS
from escale.apps.conventions.models import ANNEX
from escale.apps.schedule.actions.trying import ask_trial
from escale.apps.schedule.trials import TrialKind
from escale.apps.territory.models import Commune
from escale.apps.territory.saving import refuse
from escale.core.calendar.halfdays import Window
from escale.core.convention.terms import ARTICLES


@transaction.atomic
def try_proposal(
    *,
    actor: Actor,
    proposal: Proposal,
    kind: TrialKind,
    commune: Commune | None = None,
    visits: int = 0,
    window: Window | None = None,
) -> Trial:
    """Ask the planner what a change of the pattern would do, and keep the question with the proposal."""
    row = locked_proposal(actor, proposal)
    question = ask_trial(actor=actor, epci=row.epci, kind=kind, commune=commune, visits=visits, window=window)
    # Asked again while it is answered, it is the same question, and the same trial.
    trial, is_new = Trial.objects.get_or_create(proposal=row, question=question)
    if is_new:
        events.record("committee.tried", actor=actor, epci=row.epci.siren, subject=row, kind=kind.value)
    return trial


@transaction.atomic
def adopt_trial(*, actor: Actor, trial: Trial) -> Proposal:
    """Take into a proposal the clauses and communes of its trial: what was asked, and each usual day that would move."""
    row = locked_proposal(actor, trial.proposal)
    found = {commune.code: commune for commune in Commune.objects.filter(code__in=_codes(trial))}
    taken = list(_clauses(trial, found))
    if not taken:
        raise refuse("trial", "Cet essai ne change aucune clause : il n’y a rien à reprendre.")
    places = {(one.article, one.name, one.commune) for one in taken}
    kept = [
        Clause(article=one.article, name=one.name, new=one.new, wording=one.wording, commune=one.commune)
        for one in row.clauses.select_related("commune")
        if (one.article, one.name, one.commune) not in places
    ]
    communes = {commune.pk: commune for commune in (*row.communes.all(), *(one.commune for one in taken if one.commune))}
    clauses = [*kept, *taken]
    return correct_proposal(actor=actor, proposal=row, words=row.words, communes=list(communes.values()), clauses=clauses)


def may_adopt(trial: Trial) -> bool:
    """Tell whether a trial would change a clause of a convention."""
    return bool(trial.answer.get("possible")) and any(_clauses(trial, {}))


def _codes(trial: Trial) -> list[str]:
    return [trial.question.asked["commune"], *(item["commune"] for item in trial.answer.get("moved", ()))]


def _clauses(trial: Trial, communes: dict[str, Commune]) -> Iterator[Clause]:
    """Yield the clauses of a trial that is possible; the communes are found by their code."""
    asked, answer = trial.question.asked, trial.answer
    if not answer.get("possible"):
        return
    mine = communes.get(asked["commune"])
    if asked["kind"] == TrialKind.VISITS:
        yield Clause(article=ARTICLES[SESSIONS], name=SESSIONS, new=asked["visits"], commune=mine)
    elif asked["kind"] == TrialKind.WINDOW and answer["usual"]:
        yield _agreed(answer["usual"], mine)
    for item in answer["moved"]:
        if item["usual"]:
            yield _agreed(item["usual"], communes.get(item["commune"]))


def _agreed(usual: dict[str, object], commune: Commune | None) -> Clause:
    new = {name: usual[name] for name in ("nth", "weekday", "half")}
    return Clause(article=ANNEX_ARTICLE, name=ANNEX, new=new, commune=commune)
