"""What an avenant for each of several communes would change, or why one cannot have it; told before anything is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from escale.apps.conventions.actions.amending import Change
from escale.apps.conventions.models import ANNEX, Avenant, Convention
from escale.apps.conventions.queries import annex_on, avenant_state, state_of, terms_on
from escale.apps.conventions.terms import write_terms
from escale.core.convention.avenants import next_number
from escale.core.convention.cycles.avenant import AVENANT, RUNNING_AVENANTS, AvenantState
from escale.core.convention.life import RUNNING, STATE_WORDS
from escale.core.convention.refusals import RefusedError

UNDER_WAY = frozenset({AvenantState.DRAFT, *RUNNING_AVENANTS})
Wanted = Sequence[Change] | Mapping[int, Sequence[Change]]
"""The same changes for everyone, or those of each convention by its key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToOpen:
    """One convention: what its avenant would change, those values that it has already left out; or the reason why not."""

    convention: Convention
    number: int
    changes: tuple[Change, ...]
    refusal: str = ""


def avenants_to_open(conventions: Iterable[Convention], wanted: Wanted, on: dt.date) -> list[ToOpen]:
    """Return what an avenant would do for each convention on a day, in the order of the communes."""
    ranked = sorted(conventions, key=lambda convention: convention.commune.sort_key)
    return [_one(convention, wanted_of(convention, wanted), on) for convention in ranked]


def wanted_of(convention: Convention, wanted: Wanted) -> Sequence[Change]:
    """Return what is wanted of one convention."""
    return wanted.get(convention.pk, ()) if isinstance(wanted, Mapping) else wanted


def _one(convention: Convention, changes: Sequence[Change], on: dt.date) -> ToOpen:
    avenants = list(convention.avenants.all())
    number = next_number(one.number for one in avenants)
    left = tuple(_that_change(convention, changes, on))
    refusal = _refusal(convention, avenants, changes, left, on)
    return ToOpen(convention=convention, number=number, changes=left, refusal=refusal)


def _refusal(
    convention: Convention, avenants: Sequence[Avenant], changes: Sequence[Change], left: Sequence[Change], on: dt.date
) -> str:
    if convention.archived_on:
        return "sa convention est archivée"
    try:
        state = state_of(convention, on).state
    except RefusedError as error:
        return error.message
    if state not in RUNNING:
        return f"sa convention n’est pas en vigueur ({STATE_WORDS[state].lower()})"
    if not changes:
        return "rien n’est proposé pour cette commune"
    if not left:
        return "sa convention dit déjà ce qui est proposé"
    touched = {change.article for change in left}
    for other in avenants:
        stage = avenant_state(other, convention, on)
        shared = touched & {clause.article for clause in other.clauses.all()} if stage in UNDER_WAY else set()
        if shared:
            articles = ", ".join(sorted(shared))
            return f"l’avenant n°\u00a0{other.number} ({AVENANT.words[stage]}) touche déjà l’article {articles}"
    return ""


def _that_change(convention: Convention, changes: Sequence[Change], on: dt.date) -> Iterable[Change]:
    """Yield the changes that are not what the convention says already."""
    now = {**write_terms(terms_on(convention, on)), ANNEX: annex_on(convention, on)}
    for change in changes:
        if change.wording.strip() or not change.name or now.get(change.name) != change.new:
            yield change
