"""Which evaluations an EPCI owes (art. 6): those of each convention and of the whole, each with its months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from escale.apps.conventions.models import Convention
from escale.apps.obligations.cases import Case, cases_of
from escale.apps.obligations.evaluated import evaluation_anchor
from escale.apps.obligations.facts import Facts, facts_of
from escale.apps.territory.catalogue import EVALUATION_SCOPE
from escale.apps.territory.models import Epci
from escale.apps.territory.queries import value_of
from escale.core.convention.evaluations import Due, dues


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One evaluation that is owed: of a convention by its key, or of the whole (None)."""

    convention: int | None
    anchor: dt.date
    due: Due


def owed_until(epci: Epci, on: dt.date, until: dt.date) -> list[Owed]:
    """Return the evaluations due up to a day, as they are known on a day.

    Those whose months were over before the tour was kept here are left out: they would be told as if nobody had come.
    """
    cases = _in_effect(epci, on)
    facts = facts_of(cases, on)
    since = facts.published_from.get(epci.pk)
    if since is None:
        return []
    scope = value_of(epci, EVALUATION_SCOPE)
    found = [*(_of_each(cases, facts, until) if scope.of_each else ()), *(_of_all(cases, facts, until) if scope.of_all else ())]
    return [one for one in found if str(one.due.last) >= since]


def spans_until(epci: Epci, until: dt.date) -> list[tuple[Case, Due]]:
    """Return the dues of every convention up to a day, for an evaluation of the whole that stands for them."""
    cases = _in_effect(epci, until)
    facts = facts_of(cases, until)
    return [(case, due) for case in cases for due in _dues(case, _anchor(case, facts), until)]


def _in_effect(epci: Epci, on: dt.date) -> list[Case]:
    conventions = Convention.objects.filter(epci=epci, notified_on__lte=on, abandoned_on=None).order_by("notified_on", "pk")
    return [case for case in cases_of(conventions, on) if case.effect is not None]


def _of_each(cases: Sequence[Case], facts: Facts, until: dt.date) -> Iterator[Owed]:
    for case in cases:
        anchor = _anchor(case, facts)
        for due in _dues(case, anchor, until):
            yield Owed(convention=case.convention, anchor=anchor, due=due)


def _of_all(cases: Sequence[Case], facts: Facts, until: dt.date) -> Iterator[Owed]:
    """Yield those of the whole, counted since the first convention of all began."""
    if not cases:
        return
    anchor, first = min(((_anchor(case, facts), case) for case in cases), key=lambda pair: (pair[0], pair[1].convention))
    for due in takewhile(lambda one: one.day <= until, dues(first.terms.evaluation_schedule_months, anchor)):
        yield Owed(convention=None, anchor=anchor, due=due)


def _dues(case: Case, anchor: dt.date, until: dt.date) -> Iterator[Due]:
    last = min(until, case.ends_on or until)
    return takewhile(lambda one: one.day <= last, dues(case.terms.evaluation_schedule_months, anchor))


def _anchor(case: Case, facts: Facts) -> dt.date:
    return evaluation_anchor(case, facts, case.effect) if case.effect else facts.on
