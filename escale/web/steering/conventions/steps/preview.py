"""What a step would change: the step is really taken, looked at, and taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from escale.apps.conventions.models import Convention
from escale.apps.conventions.queries import course_of, recorded, state_of
from escale.apps.conventions.sentences import period_name
from escale.apps.schedule.labels import STANDINGS
from escale.apps.schedule.models import Participation, Standing
from escale.apps.territory import clock
from escale.apps.visits.models import Visit
from escale.core.calendar.french import date_words, period_words, weekday_date_words
from escale.core.convention.life import RUNNING, STATE_WORDS, Situation
from escale.core.documents.typography import typeset

NONE = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that is looked at: what it was, and what it becomes."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a step would do: the sentence that it would end with, what it would change, and what happens to published visits."""

    told: str
    lines: tuple[Line, ...]
    visits: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What is compared: words by label, and the published visits to come."""

    words: dict[str, str]
    visits: frozenset[int]


def preview(convention: Convention, perform: Callable[[], str]) -> Preview:
    """Take a step for nothing and return what it would change; raise what it refuses. The database is left as it was."""
    today = clock.today(convention.epci)
    with transaction.atomic():
        before = _look(convention, today)
        told = perform()
        after = _look(convention, today)
        transaction.set_rollback(True)
    changed = tuple(
        Line(label=label, before=typeset(before.words.get(label, NONE)), after=typeset(after.words.get(label, NONE)))
        for label in dict.fromkeys((*before.words, *after.words))
        if before.words.get(label) != after.words.get(label)
    )
    return Preview(told=told, lines=changed, visits=_visits_told(before.visits, after.visits))


def _look(convention: Convention, today: dt.date) -> _Seen:
    row = recorded(Convention.objects.filter(pk=convention.pk)).get()
    situation = state_of(row, today)
    visits = Visit.objects.filter(epci=row.epci, commune=row.commune).planned().from_day(today)
    words = {"État": _state_words(situation), **_dates(row, situation, today), **_taking_part(row, today)}
    return _Seen(words=words, visits=frozenset(visits.values_list("pk", flat=True)))


def _state_words(situation: Situation) -> str:
    words = STATE_WORDS[situation.state]
    return f"{words}, {period_name(situation.period)}" if situation.period else words


def _dates(convention: Convention, situation: Situation, today: dt.date) -> dict[str, str]:
    """Return the dates that follow from what is recorded, as long as the convention runs."""
    course = course_of(convention, today)
    if course is None or situation.state not in RUNNING:
        return {"Dernier jour": date_words(convention.ends_on)} if convention.ends_on else {}
    found = {"Prise d’effet": date_words(course.effect)}
    if convention.ends_on:
        return {**found, "Dernier jour": date_words(convention.ends_on)}
    period = situation.period
    if period is None:
        return found
    if today > period.last_day_to_denounce:
        period = course.period(period.number + 1) if period.number != course.last_number else period
    return {
        **found,
        "Dernier jour": f"{date_words(period.end)}, puis reconduction d’un an",
        "Dernier jour pour dénoncer": weekday_date_words(period.last_day_to_denounce),
        "Poster une dénonciation au plus tard": weekday_date_words(period.post_by),
    }


def _taking_part(convention: Convention, today: dt.date) -> dict[str, str]:
    rows = Participation.objects.filter(epci=convention.epci, commune=convention.commune).order_by("starts")
    coming = [row for row in rows if row.ends is None or row.ends >= today]
    told = [f"{STANDINGS[Standing(row.standing)]}, {_period(row)}" for row in coming]
    return {"Participation à la tournée": " ; ".join(told) or "hors de la tournée"}


def _period(row: Participation) -> str:
    return "sans limite de dates" if row.starts is None and row.ends is None else period_words(row.starts, row.ends)


def _visits_told(before: frozenset[int], after: frozenset[int]) -> tuple[str, ...]:
    """Return what happens to the visits that the world already sees; nothing when all stay."""
    if before == after:
        return ()
    told = []
    if cancelled := len(before - after):
        told.append(f"{_counted(cancelled, 'passage publié sera annulé', 'passages publiés seront annulés')}.")
    if added := len(after - before):
        told.append(f"{_counted(added, 'passage déjà prévu sera publié', 'passages déjà prévus seront publiés')}.")
    told.append(f"{_counted(len(before & after), 'passage publié reste', 'passages publiés restent')}.")
    return tuple(told)


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {many if count > 1 else one}"
