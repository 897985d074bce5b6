"""How the EPCI keeps its word to evaluate the service (art. 6): every six months in the first year, then each year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from itertools import takewhile

from escale.apps.obligations.accounts import EVALUATIONS
from escale.apps.obligations.cases import Case
from escale.apps.obligations.facts import SOON, Facts
from escale.apps.obligations.kept import NOT_MEASURED_WORDS, Kept, Status
from escale.core.calendar.french import date_words
from escale.core.convention.evaluations import Due, dues, rank_words, span_of
from escale.core.convention.terms import EvaluationAnchor


def evaluation(case: Case, facts: Facts, effect: dt.date) -> Kept:
    """Evaluations validated, out of those due since the tour is kept here."""
    anchor = evaluation_anchor(case, facts, effect)
    since = facts.published_from.get(case.epci, "")
    done = facts.accounted.evaluated.get(case.commune)
    schedule = case.terms.evaluation_schedule_months
    if done:
        return _of_dates(schedule, anchor, effect, case.ends_on, facts.on, since, done)
    return _of_dates_alone(schedule, anchor, effect, case.ends_on, facts.on, since)


def evaluation_anchor(case: Case, facts: Facts, effect: dt.date) -> dt.date:
    """Return the day from which evaluations count: the first session, where all sessions since the effect are known."""
    from_month = facts.published_from.get(case.epci)
    is_known = from_month is not None and from_month <= f"{effect:%Y-%m}"
    first = facts.first_visits.get(case.commune) if is_known else None
    by_session = case.terms.evaluation_anchor is EvaluationAnchor.FIRST_SESSION_HELD_ELSE_NOTIFICATION
    return first if by_session and first is not None and first >= effect else effect


def _of_dates(
    schedule: tuple[int, ...],
    anchor: dt.date,
    effect: dt.date,
    ends_on: dt.date | None,
    on: dt.date,
    since: str,
    done: Mapping[str, dt.date],
) -> Kept:
    owed = list(takewhile(lambda one: one.day <= on + SOON and (ends_on is None or one.day <= ends_on), dues(schedule, anchor)))
    passed = [one for one in owed if one.day <= on]
    validated = {one.rank: done[name] for one in owed if (name := span_of(one.rank, effect)) in done}
    # Months that ended before the tour was kept here cannot be told: nothing says whether they were evaluated.
    known = [one for one in owed if since and str(one.last) >= since]
    missing = [one for one in known if one.rank not in validated]
    if missing and missing[0].day < on:
        return _kept(Status.LATE, missing[0].day, f"évaluation {_due(missing[0])} : pas encore validée")
    if awaited := next((one for one in owed if one.day >= on and one.rank not in validated), None):
        return _kept(
            Status.DUE, awaited.day, f"évaluation {rank_words(awaited.rank)} à faire au plus tard le {_words(awaited.day)}"
        )
    if validated:
        rank = max(validated)
        due = next(one for one in owed if one.rank == rank)
        return _kept(Status.MET, due.day, f"évaluation {rank_words(rank)} validée le {_words(validated[rank])}")
    if passed:
        told = f"{NOT_MEASURED_WORDS} ; la dernière était due le {_words(passed[-1].day)}"
        return _kept(Status.NOT_MEASURED, passed[-1].day, told)
    first = next(dues(schedule, anchor)).day
    if ends_on is not None and first > ends_on:
        return _kept(Status.NOT_YET, None, "aucune évaluation n’est due avant la fin de la convention")
    return _kept(Status.NOT_YET, first, f"première évaluation due le {_words(first)}")


def _due(one: Due) -> str:
    return f"{rank_words(one.rank)}, due le {_words(one.day)}"


def _kept(status: Status, due: dt.date | None, told: str) -> Kept:
    return Kept(obligation=EVALUATIONS, status=status, due=due, told=told)


@lru_cache(maxsize=4096)
def _of_dates_alone(
    schedule: tuple[int, ...], anchor: dt.date, effect: dt.date, ends_on: dt.date | None, on: dt.date, since: str
) -> Kept:
    return _of_dates(schedule, anchor, effect, ends_on, on, since, {})


_words = lru_cache(maxsize=4096)(date_words)
