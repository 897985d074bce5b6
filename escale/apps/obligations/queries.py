"""How the obligations of both parties are kept, convention by convention, on a day: constant queries for any number of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from escale.apps.conventions.models import Convention
from escale.apps.obligations.cases import Case, cases_of
from escale.apps.obligations.facts import Facts, facts_of
from escale.apps.obligations.kept import Kept, Status
from escale.apps.obligations.measures import MEASURES, referent
from escale.core.convention.choices import ReferentDue
from escale.core.convention.obligations import OBLIGATIONS

__all__ = ["Kept", "Status", "kept_on"]

BEFORE_EFFECT = tuple(
    Kept(obligation=one, status=Status.NOT_YET, due=None, told="à partir de la prise d’effet") for one in OBLIGATIONS
)
"""What is told of a convention that has not taken effect."""
REFERENT = next(place for place, one in enumerate(OBLIGATIONS) if one.id == "C-3.1-2")

Lines = tuple[Kept, ...]


def kept_on(conventions: Iterable[Convention], on: dt.date) -> dict[int, Lines]:
    """Return how each obligation of each convention is kept on a day, by the key of the convention, in the order of the text.

    Nothing is owed after the end, and nothing yet before the effect. What nothing measures says so.
    """
    cases = cases_of(conventions, on)
    facts = facts_of(cases, on)
    return {case.convention: _kept(case, facts) for case in cases}


def _kept(case: Case, facts: Facts) -> Lines:
    effect, on = case.effect, facts.on
    if case.is_over(on):
        return ()
    if effect is None or effect > on:
        return _before_effect(case, facts)
    return tuple([MEASURES[one.id](case, facts, effect) for one in OBLIGATIONS])


def _before_effect(case: Case, facts: Facts) -> Lines:
    """Return what is owed before the effect: nothing, but the référent where the EPCI awaits one from the signature on."""
    signed = facts.signed.get(case.convention)
    if signed is None or signed > facts.on or facts.referent_due(case.epci) is not ReferentDue.SIGNATURE:
        return BEFORE_EFFECT
    named = referent(case, facts, signed)
    return (*BEFORE_EFFECT[:REFERENT], named, *BEFORE_EFFECT[REFERENT + 1 :])
