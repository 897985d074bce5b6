"""The life of a convention as a line with stops: what is past, the day asked about, the deadlines, the terms that come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from escale.apps.conventions.sentences import period_name
from escale.core.convention.denunciation import Qualified
from escale.core.convention.letters import Letter
from escale.core.convention.periods import Course, Period

Moment = tuple[dt.date, str]
"""A day, and what happens on it."""

EFFECT = "notification, prise d’effet"
END = "fin de la convention"

RENEWALS = 2
"""How many later terms are shown, as long as nothing ends the convention."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeStop:
    """A day of the line and what happens then; `is_past` before the day asked about, which is `is_now`."""

    day: dt.date
    words: tuple[str, ...]
    is_past: bool
    is_now: bool


def line_of(
    course: Course, period: Period, on: dt.date, *, letter: Letter | None = None, qualified: Qualified | None = None
) -> tuple[LifeStop, ...]:
    """Return the stops around a period, in order; what falls on one day is one stop."""
    return stops_of(_moments(course, period, on, letter, qualified), on)


def stops_of(moments: Iterable[Moment], on: dt.date) -> tuple[LifeStop, ...]:
    """Return moments as the stops of a line, in order; what is told twice of one day is told once."""
    told: dict[dt.date, list[str]] = {}
    for day, words in moments:
        told.setdefault(day, []).append(words)
    return tuple(
        LifeStop(
            day=day,
            words=tuple(dict.fromkeys(told[day])),
            is_past=day < on,
            is_now=day == on,
        )
        for day in sorted(told)
    )


def _moments(course: Course, period: Period, on: dt.date, letter: Letter | None, qualified: Qualified | None) -> Iterator[Moment]:
    yield course.effect, EFFECT
    yield on, "jour demandé"
    if period.number and not period.is_closed_from_start:
        yield period.start, period_name(period)
    if not period.is_closed_from_start:
        yield period.post_by, "poster au plus tard"
        yield period.last_day_to_denounce, "dernier jour pour dénoncer"
    if letter:
        yield from _journey(letter)
    last = qualified.ends_on if qualified and qualified.is_end_certain else None
    for number in range(period.number, period.number + RENEWALS + 1):
        end = course.end_of(number)
        if last is not None and end > last:
            return
        yield end, END if end == last or number == course.last_number else _term_words(number)
        if number == course.last_number:
            return


def _term_words(number: int) -> str:
    return "terme, puis reconduction" if number == 0 else "terme, puis nouvelle reconduction"


def _journey(letter: Letter) -> Iterator[Moment]:
    yield letter.sent, "lettre envoyée"
    if letter.presented:
        yield letter.presented, "lettre présentée"
    if letter.delivered:
        yield letter.delivered, "lettre remise"
