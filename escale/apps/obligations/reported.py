"""How the EPCI keeps its word to account for the service: a report to each commune, each quarter (art. 3-2)."""

from __future__ import annotations

import datetime as dt

from escale.apps.obligations.accounts import ACCOUNTS, DUE_AFTER, quarters_due
from escale.apps.obligations.cases import Case
from escale.apps.obligations.facts import Facts
from escale.apps.obligations.kept import NOT_MEASURED_WORDS, Kept, Status
from escale.core.calendar.french import date_words
from escale.core.calendar.periods import Period

NONE_SENT = "aucun rapport n’est encore envoyé"
NAMED = 2
"""How many missing quarters are named; the others are counted."""


def account(case: Case, facts: Facts, effect: dt.date) -> Kept:
    """Reports sent, out of those due since the first one that the EPCI sent here."""
    since = facts.accounted.since.get(case.epci)
    if since is None:
        ever = quarters_due(effect, str(Period.quarter_of(effect)), facts.on, case.ends_on)
        by = ever[-1].last + DUE_AFTER if ever else None
        return Kept(obligation=ACCOUNTS, status=Status.NOT_MEASURED, due=by, told=f"{NOT_MEASURED_WORDS} : {NONE_SENT}")
    due = quarters_due(effect, since, facts.on, case.ends_on)
    if not due:
        by = max(Period.quarter_of(effect), Period.parse(since)).last + DUE_AFTER
        told = f"premier rapport dû le {date_words(by)}"
        return Kept(obligation=ACCOUNTS, status=Status.NOT_YET, due=by, told=told)
    sent = facts.accounted.by_commune.get(case.commune, frozenset())
    missing = [quarter for quarter in due if str(quarter) not in sent]
    told = _counted(len(due) - len(missing), len(due))
    if missing:
        by = missing[0].last + DUE_AFTER
        return Kept(obligation=ACCOUNTS, status=Status.LATE, due=by, told=f"{told} ; manque {_named(missing)}")
    return Kept(obligation=ACCOUNTS, status=Status.MET, due=due[-1].last + DUE_AFTER, told=told)


def _counted(sent: int, due: int) -> str:
    plural = "s" * (sent > 1)
    return f"{sent} rapport{plural} envoyé{plural} sur {due} {'dus' if due > 1 else 'dû'}"


def _named(missing: list[Period]) -> str:
    named = ", ".join(f"le {quarter.words}" for quarter in missing[:NAMED])
    more = len(missing) - NAMED
    return f"{named} et {more} autre{'s' * (more > 1)}" if more > 0 else named
