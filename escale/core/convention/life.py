"""The life of a convention: its states, the one table of its steps, and the state that recorded events and a date imply."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from escale.core.convention.lifecycle import Guard, Lifecycle, Step
from escale.core.convention.periods import Course, Period
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


def _guard(name: str, code: str, refusal: str) -> tuple[Guard]:
    return (Guard(name=name, code=code, refusal=refusal),)


TEXT_COMPLETE = _guard(
    "text_is_complete",
    "E_TEXT_INCOMPLETE",
    "le texte a encore des champs vides, pas de planning annexé, ou un terme passé ; compléter ce qui est listé",
)
ACTS_EXECUTORY = _guard(
    "acts_are_executory",
    "E_ACT_NOT_EXECUTORY",
    "les deux délibérations doivent être adoptées, transmises et publiées, sur le même texte",
)
SIGNATURES = (
    *_guard(
        "signatories_hold_office",
        "E_SIGNATORY_NOT_IN_OFFICE",
        "ce signataire n’était pas en fonction ce jour-là ; corriger la date ou le signataire",
    ),
    *_guard(
        "signatures_follow_acts",
        "E_SIGNED_BEFORE_EXECUTORY",
        "la signature précède le jour où la délibération est exécutoire ; signer de nouveau après ce jour",
    ),
)
NOTIFICATION = (
    *_guard(
        "notification_follows_signatures",
        "E_NOTIFICATION_BEFORE_SIGNATURE",
        "une convention se notifie une fois signée par les deux parties ; corriger la date",
    ),
    *_guard(
        "notification_is_before_term",
        "E_NOTIFICATION_AFTER_TERM",
        "le terme du texte est passé ; faire délibérer un nouveau terme",
    ),
    *_guard(
        "no_other_is_in_force",
        "E_OVERLAP",
        "une autre convention de cette commune est en vigueur ce jour-là ; y mettre fin d’abord",
    ),
)
RENEWAL = _guard("may_be_renewed", "E_NO_RENEWAL", "une dénonciation ou le nombre de reconductions du texte s’y oppose")
DENUNCIATION = _guard(
    "denunciation_is_effective", "E_DENUNCIATION_NOT_EFFECTIVE", "cette dénonciation n’a pas d’effet ; voir pourquoi"
)
WITHDRAWAL = _guard(
    "both_accept_withdrawal",
    "E_WITHDRAWAL_NOT_ACCEPTED",
    "une dénonciation se retire avant le terme, avec l’accord écrit des deux parties",
)
TERM = _guard("term_is_reached", "E_TERM_NOT_REACHED", "la convention court encore ; elle n’échoit qu’après son dernier jour")
BREACH = _guard(
    "breach_is_not_cured",
    "E_CURE_NOT_OVER",
    "la mise en demeure doit être restée sans effet, son délai d’un mois passé (art. 5-2), et l’autre partie décider",
)
AGREEMENT = _guard(
    "both_sign_the_end", "E_BOTH_SIGNATURES", "une fin d’un commun accord est signée par les deux parties (art. 5-2)"
)
INTEREST = _guard(
    "reasons_of_general_interest",
    "E_REASONS_MISSING",
    "écrire le motif d’intérêt général ; un simple déséquilibre n’en est pas un",
)
JUDGMENT = _guard("judgment_is_filed", "E_JUDGMENT_MISSING", "joindre le jugement qui annule la convention")
RETENTION = _guard("retention_is_over", "E_RETENTION", "la durée d’utilité administrative court encore")


def _steps() -> Iterable[Step[State, Trigger]]:
    """Yield the table: articles 5-1 and 5-2, and the law of the acts around them."""

    def step(source: State, trigger: Trigger, target: State, guards: tuple[Guard, ...] = ()) -> Step[State, Trigger]:
        return Step(source=source, target=target, trigger=trigger, guards=guards)

    yield step(State.DRAFT, Trigger.SENT_TO_COUNCILS, State.IN_DELIBERATION, TEXT_COMPLETE)
    yield step(State.IN_DELIBERATION, Trigger.AMENDED, State.DRAFT)
    yield step(State.IN_DELIBERATION, Trigger.ACTS_EXECUTORY, State.TO_SIGN, ACTS_EXECUTORY)
    yield step(State.TO_SIGN, Trigger.SIGNED_BY_BOTH, State.SIGNED, SIGNATURES)
    yield step(State.SIGNED, Trigger.NOTIFIED, State.IN_FORCE, NOTIFICATION)
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


def situation_on(terms: Terms, events: Iterable[Event], day: dt.date) -> Situation:
    """Return where a convention stands on a day, from its recorded events alone: no job has to have run.

    Events after the day are not counted. Raise RefusedError when they do not follow the table.
    """
    state, course, ends_on, ground = State.DRAFT, None, None, None
    for event in sorted((event for event in events if event.on <= day), key=lambda event: event.on):
        state = CONVENTION.step(_reached(state, course, ends_on, event.on), event.trigger).target
        match event.trigger:
            case Trigger.NOTIFIED:
                course = Course(terms=terms, effect=event.on)
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
    return situation_on(course.terms, events, day)
