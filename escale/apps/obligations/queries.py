"""How the obligations of both parties are kept, convention by convention, on a day: constant queries for any number of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from escale.apps.conventions.models import Convention
from escale.apps.obligations.cases import Case, cases_of
from escale.apps.obligations.facts import Facts, facts_of
from escale.apps.obligations.kept import NOT_MEASURED_WORDS, Kept, Status
from escale.apps.obligations.measures import MEASURES, referent
from escale.core.calendar.french import date_words
from escale.core.convention.choices import ReferentDue
from escale.core.convention.obligations import OBLIGATIONS, Basis, Obligation

__all__ = ["Kept", "Status", "kept_on"]

BEFORE_EFFECT = tuple(
    Kept(obligation=one, status=Status.NOT_YET, due=None, told="à partir de la prise d’effet") for one in OBLIGATIONS
)
"""What is told of a convention that has not taken effect."""
REFERENT = next(place for place, one in enumerate(OBLIGATIONS) if one.id == "C-3.1-2")

Lines = tuple[Kept, ...]
Dated = dict[tuple[int, dt.date, dt.date | None], tuple[Kept | None, ...]]
"""What follows from dates alone, for each terms (by identity: they are long to compare), effect and last day."""


def kept_on(conventions: Iterable[Convention], on: dt.date) -> dict[int, Lines]:
    """Return how each obligation of each convention is kept on a day, by the key of the convention, in the order of the text.

    Nothing is owed after the end, and nothing yet before the effect. What nothing measures says so.
    """
    cases = cases_of(conventions, on)
    facts = facts_of(cases, on)
    dated: Dated = {}
    return {case.convention: _kept(case, facts, dated) for case in cases}


def _kept(case: Case, facts: Facts, dated: Dated) -> Lines:
    effect, on = case.effect, facts.on
    if case.is_over(on):
        return ()
    if effect is None or effect > on:
        return _before_effect(case, facts)
    key = (id(case.terms), effect, case.ends_on)
    if key not in dated:
        dated[key] = tuple(_dated(one, case, on) for one in OBLIGATIONS)
    return tuple([line or MEASURES[one.id](case, facts, effect) for one, line in zip(OBLIGATIONS, dated[key], strict=True)])


def _before_effect(case: Case, facts: Facts) -> Lines:
    """Return what is owed before the effect: nothing, but the référent where the EPCI awaits one from the signature on."""
    signed = facts.signed.get(case.convention)
    if signed is None or signed > facts.on or facts.referent_due(case.epci) is not ReferentDue.SIGNATURE:
        return BEFORE_EFFECT
    named = referent(case, facts, signed)
    return (*BEFORE_EFFECT[:REFERENT], named, *BEFORE_EFFECT[REFERENT + 1 :])


def _dated(obligation: Obligation, case: Case, on: dt.date) -> Kept | None:
    """Tell of what follows from dates alone; None for what is measured."""
    if obligation.id in MEASURES:
        return None
    due = _due(obligation, case, on)
    if due is not None and due > on:
        told = f"à faire au plus tard le {date_words(due)}"
        return Kept(obligation=obligation, status=Status.NOT_YET, due=due, told=told)
    return Kept(obligation=obligation, status=Status.NOT_MEASURED, due=due, told=NOT_MEASURED_WORDS)


def _due(obligation: Obligation, case: Case, on: dt.date) -> dt.date | None:
    """Return the day by which it was due last, else by which it first will be; None when it holds on every day."""
    if obligation.schedule is None or case.effect is None:
        return None
    last: dt.date | None = None
    for day in obligation.schedule(Basis(terms=case.terms, effect=case.effect)):
        if day > on:
            is_owed = case.ends_on is None or day <= case.ends_on
            return last or (day if is_owed else None)
        last = day
    return last
