"""The life of a convention: its states, the one table of its steps, and the state that recorded events and a date imply."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from escale.core.calendar.holidays import HolidayArea
from escale.core.convention.guards import (
    ACTS_EXECUTORY,
    AGREEMENT,
    ALONE_IN_FORCE,
    BREACH,
    DENUNCIATION,
    INTEREST,
    JUDGMENT,
    NOTIFIED_AFTER_SIGNATURES,
    NOTIFIED_BEFORE_TERM,
    RENEWAL,
    RETENTION,
    SIGNATORY_IN_OFFICE,
    SIGNED_AFTER_ACT,
    TERM,
    TEXT_COMPLETE,
    WITHDRAWAL,
)
from escale.core.convention.lifecycle import Lifecycle, Step, step
from escale.core.convention.periods import POSTING_SAFETY_DAYS, Course, Period
from escale.core.convention.terms import Terms


class State(StrEnum):
    """Where a convention stands."""

    DRAFT = "BROUILLON"
    IN_DELIBERATION = "EN_DELIBERATION"
    TO_SIGN = "A_SIGNER"
    SIGNED = "SIGNEE"
    IN_FORCE = "EN_VIGUEUR"
    IN_NOTICE = "EN_PREAVIS"
    ENDED = "ECHUE"
    TERMINATED = "RESILIEE"
    ABANDONED = "ABANDONNEE"
    ANNULLED = "ANNULEE"
    ARCHIVED = "ARCHIVEE"


class Trigger(StrEnum):
    """What makes a convention take a step. Renewal and term come with the date alone: nobody records them."""

    SENT_TO_COUNCILS = "SENT_TO_COUNCILS"
    AMENDED = "AMENDED"
    ACTS_EXECUTORY = "ACTS_EXECUTORY"
    SIGNED_BY_BOTH = "SIGNED_BY_BOTH"
    NOTIFIED = "NOTIFIED"
    RENEWED = "RENEWED"
    DENOUNCED = "DENOUNCED"
    WITHDRAWN = "WITHDRAWN"
    TERM_REACHED = "TERM_REACHED"
    BREACHED = "BREACHED"
    AGREED_TO_END = "AGREED_TO_END"
    GENERAL_INTEREST = "GENERAL_INTEREST"
    ABANDONED = "ABANDONED"
    ANNULLED = "ANNULLED"
    ARCHIVED = "ARCHIVED"


STATE_WORDS = {
    State.DRAFT: "brouillon",
    State.IN_DELIBERATION: "en délibération",
    State.TO_SIGN: "à signer",
    State.SIGNED: "signée",
    State.IN_FORCE: "en vigueur",
    State.IN_NOTICE: "en préavis",
    State.ENDED: "échue",
    State.TERMINATED: "résiliée",
    State.ABANDONED: "abandonnée",
    State.ANNULLED: "annulée",
    State.ARCHIVED: "archivée",
}

RUNNING = (State.IN_FORCE, State.IN_NOTICE)
BEFORE_FORCE = (State.DRAFT, State.IN_DELIBERATION, State.TO_SIGN, State.SIGNED)
FINAL = (State.ENDED, State.TERMINATED, State.ABANDONED, State.ANNULLED)


def _steps() -> Iterable[Step[State, Trigger]]:
    """Yield the table: articles 5-1 and 5-2, and the law of the acts around them."""
    yield step(State.DRAFT, Trigger.SENT_TO_COUNCILS, State.IN_DELIBERATION, TEXT_COMPLETE)
    yield step(State.IN_DELIBERATION, Trigger.AMENDED, State.DRAFT)
    yield step(State.IN_DELIBERATION, Trigger.ACTS_EXECUTORY, State.TO_SIGN, ACTS_EXECUTORY)
    yield step(State.TO_SIGN, Trigger.SIGNED_BY_BOTH, State.SIGNED, SIGNATORY_IN_OFFICE, SIGNED_AFTER_ACT)
    yield step(State.SIGNED, Trigger.NOTIFIED, State.IN_FORCE, NOTIFIED_AFTER_SIGNATURES, NOTIFIED_BEFORE_TERM, ALONE_IN_FORCE)
    yield step(State.IN_FORCE, Trigger.RENEWED, State.IN_FORCE, RENEWAL)
    yield step(State.IN_FORCE, Trigger.DENOUNCED, State.IN_NOTICE, DENUNCIATION)
    yield step(State.IN_NOTICE, Trigger.WITHDRAWN, State.IN_FORCE, WITHDRAWAL)
    yield step(State.IN_NOTICE, Trigger.TERM_REACHED, State.ENDED, TERM)
    # A text that allows no more renewals ends without a denunciation.
    yield step(State.IN_FORCE, Trigger.TERM_REACHED, State.ENDED, TERM)
    for running in RUNNING:
        yield step(running, Trigger.BREACHED, State.TERMINATED, BREACH)
        yield step(running, Trigger.AGREED_TO_END, State.TERMINATED, AGREEMENT)
        yield step(running, Trigger.GENERAL_INTEREST, State.TERMINATED, INTEREST)
    for earlier in BEFORE_FORCE:
        yield step(earlier, Trigger.ABANDONED, State.ABANDONED)
    for state in State:
        if state not in {State.ANNULLED, State.ARCHIVED}:
            yield step(state, Trigger.ANNULLED, State.ANNULLED, JUDGMENT)
    for final in FINAL:
        yield step(final, Trigger.ARCHIVED, State.ARCHIVED, RETENTION)


CONVENTION = Lifecycle(subject="la convention", steps=tuple(_steps()), words=STATE_WORDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A recorded step: the civil date from which it counts; for a denunciation also the last day of the convention."""

    on: dt.date
    trigger: Trigger
    ends_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A convention on a date: its state, the period that runs, its last day when it is known, and what ended it early."""

    state: State
    period: Period | None = None
    ends_on: dt.date | None = None
    ground: Trigger | None = None


def situation_on(
    terms: Terms,
    events: Iterable[Event],
    day: dt.date,
    *,
    safety_days: int = POSTING_SAFETY_DAYS,
    area: HolidayArea = HolidayArea.METROPOLE,
) -> Situation:
    """Return where a convention stands on a day, from its recorded events alone: no job has to have run.

    `safety_days` and `area` are those of its course. Events after the day are not counted. Raise RefusedError when they do not
    follow the table.
    """
    state, course, ends_on, ground = State.DRAFT, None, None, None
    for event in sorted((event for event in events if event.on <= day), key=lambda event: event.on):
        state = CONVENTION.step(_reached(state, course, ends_on, event.on), event.trigger).target
        match event.trigger:
            case Trigger.NOTIFIED:
                course = Course(terms=terms, effect=event.on, safety_days=safety_days, area=area)
            case Trigger.DENOUNCED:
                ends_on = event.ends_on
            case Trigger.WITHDRAWN:
                ends_on = None
            case Trigger.BREACHED | Trigger.AGREED_TO_END | Trigger.GENERAL_INTEREST:
                ground = event.trigger
    state = _reached(state, course, ends_on, day)
    period = course.period_on(day) if course and state in RUNNING else None
    return Situation(state=state, period=period, ends_on=ends_on, ground=ground)


def _reached(state: State, course: Course | None, ends_on: dt.date | None, day: dt.date) -> State:
    """Return the state that the date alone has led to: the term is reached once nothing runs any more (art. 5-1)."""
    if course is None or state not in RUNNING:
        return state
    over = (ends_on is not None and day > ends_on) or course.number_on(day) is None
    return CONVENTION.step(state, Trigger.TERM_REACHED).target if over else state


def situation_when_notified(course: Course, day: dt.date) -> Situation:
    """Return where a convention stands of which only the notification is known: signed before it, then in force until it ends."""
    before = (Trigger.SENT_TO_COUNCILS, Trigger.ACTS_EXECUTORY, Trigger.SIGNED_BY_BOTH)
    first = min(day, course.effect)
    events = [*(Event(on=first, trigger=trigger) for trigger in before), Event(on=course.effect, trigger=Trigger.NOTIFIED)]
    return situation_on(course.terms, events, day, safety_days=course.safety_days, area=course.area)
