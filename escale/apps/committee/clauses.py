"""What a proposal would change in the text of conventions: judged when it is written, told in words, one commune at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from escale.apps.committee.models import Proposal, ProposalClause
from escale.apps.conventions.actions.amending import Change
from escale.apps.conventions.following import annex_of
from escale.apps.conventions.models import ANNEX
from escale.apps.conventions.terms import read_value
from escale.apps.territory.models import Commune
from escale.apps.territory.saving import refuse
from escale.core.convention.terms import ARTICLES, DEFAULTS, Terms, TermsError
from escale.core.convention.wording import NAMES, value_words
from escale.core.planning.agreed import usual_words

ANNEX_ARTICLE = "4"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause(Change):
    """A change for every commune of a proposal, or for one of them alone."""

    commune: Commune | None = None


def judged(clauses: Iterable[Change]) -> list[Clause]:
    """Return the clauses of a proposal. Raise ValidationError for one that no avenant could carry out."""
    found = [
        one if isinstance(one, Clause) else Clause(article=one.article, name=one.name, new=one.new, wording=one.wording)
        for one in clauses
    ]
    places = [(one.article, one.name, one.commune) for one in found]
    if len(places) > len(set(places)):
        raise refuse("clauses", "Deux clauses changent la même chose ; n’en garder qu’une.")
    for one in found:
        _judge(one)
    return found


def changes_for(clauses: Sequence[ProposalClause], commune: Commune) -> list[Change]:
    """Return what an avenant with a commune changes: its own clauses, and those of everyone that it does not replace."""
    own = [one for one in clauses if one.commune_id == commune.pk]
    replaced = {(one.article, one.name) for one in own}
    shared = [one for one in clauses if one.commune_id is None and (one.article, one.name) not in replaced]
    return [Change(article=one.article, name=one.name, new=one.new, wording=one.wording) for one in (*shared, *own)]


def clause_words(clause: ProposalClause | Change) -> str:
    """Return what a clause would make of the text: « Jour habituel : deuxième mardi du mois, matin »."""
    if clause.name == ANNEX:
        day = annex_of(clause.new) if clause.new else None
        return f"Jour habituel : {usual_words(day.nth, day.window) if day else 'aucun'}"
    if clause.name:
        label = NAMES[clause.name]
        return f"{label[:1].upper()}{label[1:]} : {value_words(clause.name, clause.new)}"
    return f"Nouvelle rédaction de l’article {clause.article}"


def touched_by(proposal: Proposal) -> list[Commune]:
    """Return the communes that a proposal names, itself or in a clause; none stands for all."""
    named = {commune.pk: commune for commune in proposal.communes.all()}
    if named:
        named |= {one.commune.pk: one.commune for one in proposal.clauses.all() if one.commune is not None}
    return list(named.values())


def _judge(clause: Clause) -> None:
    if not clause.name and not clause.wording.strip():
        raise refuse("clauses", "Dire ce que la clause change : une valeur, le jour habituel, ou la rédaction d’un article.")
    if clause.name == ANNEX:
        if clause.article != ANNEX_ARTICLE or not clause.new:
            raise refuse("clauses", "Le jour habituel est annexé à l’article 4 : donner la semaine du mois et la demi-journée.")
        return
    if not clause.name:
        return
    if clause.name not in DEFAULTS:
        raise refuse("clauses", f"« {clause.name} » n’est pas un paramètre du texte.")
    if clause.article != ARTICLES[clause.name]:
        raise refuse("clauses", f"{NAMES[clause.name]} : c’est l’article {ARTICLES[clause.name]} qui le dit.")
    try:
        replace(Terms(), **{clause.name: read_value(clause.name, clause.new)})
    except TermsError as error:
        # What several values make together is judged with the text of each convention.
        if error.name == clause.name:
            raise refuse("clauses", f"{NAMES[error.name]} : {error.message}.") from error
