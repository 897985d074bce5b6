"""How each party keeps its word to make the service known: an action soon after the effect, then one each year."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from escale.apps.obligations.cases import Case
from escale.apps.obligations.communicated import year_of
from escale.apps.obligations.facts import Facts
from escale.apps.obligations.kept import Kept, Status
from escale.apps.obligations.spans import holds
from escale.core.calendar.french import date_words
from escale.core.convention.obligations import BY_ID, Obligation

_words = lru_cache(maxsize=4096)(date_words)

BY_COMMUNE, BY_EPCI = BY_ID["C-3.1-4"], BY_ID["C-3.2-10"]


def of_commune(case: Case, facts: Facts, effect: dt.date) -> Kept:
    """The commune communicates on the service (art. 3-1)."""
    return _made_known(BY_COMMUNE, case, facts, effect)


def of_epci(case: Case, facts: Facts, effect: dt.date) -> Kept:
    """The EPCI communicates to the people of the commune (art. 3-2)."""
    return _made_known(BY_EPCI, case, facts, effect)


def _made_known(obligation: Obligation, case: Case, facts: Facts, effect: dt.date) -> Kept:
    """Tell of the year that runs; what was late is made good by an action of this year."""
    year = year_of(effect, facts.on)
    known = facts.communicated.days(obligation.party, case.epci, case.commune)
    if found := [day for day in known if holds(year.span, day)]:
        told = f"{_actions(len(found))}, la dernière le {_words(max(found))}"
        return Kept(obligation=obligation, status=Status.MET, due=year.due, told=told)
    was_silent = year.before is not None and not any(holds(year.before, day) for day in known)
    due = year.due_before if was_silent and year.due_before else year.due
    told = f"{_actions(0)} au plus tard le {_words(due)}"
    return Kept(obligation=obligation, status=_awaited(due, facts), due=due, told=told)


def _awaited(due: dt.date, facts: Facts) -> Status:
    if due < facts.on:
        return Status.LATE
    return Status.DUE if due <= facts.soon else Status.NOT_YET


def _actions(count: int) -> str:
    if count > 1:
        return f"{count} actions de communication enregistrées, 1 attendue"
    return f"{count} action de communication enregistrée sur 1 attendue"
