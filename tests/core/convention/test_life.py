"""The state of a convention follows from recorded events and a date alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from escale.core.convention.life import RUNNING, Event, State, Trigger, situation_on, situation_when_notified
from escale.core.convention.periods import Course
from escale.core.convention.refusals import RefusedError
from escale.core.convention.terms import Terms
from tests.core.convention.vectors import day, day_or_none

TERMS = Terms()


def event(on: str, trigger: Trigger, ends_on: str = "") -> Event:
    return Event(on=day(on), trigger=trigger, ends_on=day_or_none(ends_on or None))


SIGNED = (
    event("2025-01-10", Trigger.SENT_TO_COUNCILS),
    event("2025-03-01", Trigger.ACTS_EXECUTORY),
    event("2025-03-10", Trigger.SIGNED_BY_BOTH),
)
NOTIFIED = (*SIGNED, event("2025-03-17", Trigger.NOTIFIED))
DENOUNCED = (*NOTIFIED, event("2026-10-12", Trigger.DENOUNCED, "2027-06-30"))


@pytest.mark.parametrize(
    ("events", "on", "state", "number"),
    [
        ((), "2025-01-01", State.DRAFT, None),
        (NOTIFIED, "2025-01-09", State.DRAFT, None),
        (NOTIFIED, "2025-01-10", State.IN_DELIBERATION, None),
        (NOTIFIED, "2025-03-01", State.TO_SIGN, None),
        (NOTIFIED, "2025-03-16", State.SIGNED, None),
        (NOTIFIED, "2025-03-17", State.IN_FORCE, 0),
        (NOTIFIED, "2026-06-30", State.IN_FORCE, 0),
        (NOTIFIED, "2026-07-01", State.IN_FORCE, 1),
        (NOTIFIED, "2041-01-01", State.IN_FORCE, 15),
        (DENOUNCED, "2026-10-11", State.IN_FORCE, 1),
        (DENOUNCED, "2026-10-12", State.IN_NOTICE, 1),
        (DENOUNCED, "2027-06-30", State.IN_NOTICE, 1),
        (DENOUNCED, "2027-07-01", State.ENDED, None),
        ((*DENOUNCED, event("2027-01-05", Trigger.WITHDRAWN)), "2027-07-01", State.IN_FORCE, 2),
        ((*NOTIFIED, event("2027-03-02", Trigger.BREACHED)), "2027-03-01", State.IN_FORCE, 1),
        ((*NOTIFIED, event("2027-03-02", Trigger.BREACHED)), "2027-03-02", State.TERMINATED, None),
        ((*DENOUNCED, event("2027-01-05", Trigger.AGREED_TO_END)), "2027-01-05", State.TERMINATED, None),
        ((*SIGNED, event("2025-04-01", Trigger.ABANDONED)), "2025-04-01", State.ABANDONED, None),
        ((*DENOUNCED, event("2028-01-05", Trigger.ARCHIVED)), "2028-01-05", State.ARCHIVED, None),
    ],
)
def test_a_convention_stands_where_its_events_and_the_day_say(
    events: tuple[Event, ...], on: str, state: State, number: int | None
) -> None:
    situation = situation_on(TERMS, events, day(on))

    assert (situation.state, situation.period and situation.period.number) == (state, number)


def test_the_order_in_which_events_were_recorded_does_not_matter() -> None:
    assert situation_on(TERMS, reversed(DENOUNCED), day("2027-01-01")) == situation_on(TERMS, DENOUNCED, day("2027-01-01"))


def test_a_late_denunciation_that_carries_over_gives_notice_of_the_next_term() -> None:
    events = (*NOTIFIED, event("2026-05-05", Trigger.DENOUNCED, "2027-06-30"))

    before, after = situation_on(TERMS, events, day("2026-06-30")), situation_on(TERMS, events, day("2026-07-01"))

    assert before.state is after.state is State.IN_NOTICE
    assert before.period is not None
    assert after.period is not None
    assert (before.period.number, after.period.number) == (0, 1)
    assert after.ends_on == day("2027-06-30")


def test_the_ground_of_a_termination_is_told() -> None:
    events = (*NOTIFIED, event("2027-03-02", Trigger.BREACHED))

    assert situation_on(TERMS, events, day("2027-04-01")).ground is Trigger.BREACHED


def test_a_text_without_renewal_ends_with_its_term() -> None:
    terms = replace(TERMS, max_renewals=0)

    assert situation_on(terms, NOTIFIED, day("2026-06-30")).state is State.IN_FORCE
    assert situation_on(terms, NOTIFIED, day("2026-07-01")).state is State.ENDED


def test_an_event_after_the_end_is_refused() -> None:
    events = (*DENOUNCED, event("2027-07-01", Trigger.BREACHED))

    with pytest.raises(RefusedError, match="« échue » ; suites possibles : annulée, archivée"):
        situation_on(TERMS, events, day("2028-01-01"))


def test_a_convention_notified_after_its_term_is_refused() -> None:
    with pytest.raises(RefusedError, match="E_NOTIFICATION_AFTER_TERM"):
        situation_on(TERMS, (*SIGNED, event("2026-07-06", Trigger.NOTIFIED)), day("2026-07-06"))


@pytest.mark.parametrize("on", ["2020-01-01", "2025-03-16", "2025-03-17", "2030-01-01"])
def test_a_notification_alone_says_whether_it_runs(on: str) -> None:
    situation = situation_when_notified(Course(terms=TERMS, effect=day("2025-03-17")), day(on))

    assert situation.state is (State.IN_FORCE if on >= "2025-03-17" else State.SIGNED)
    assert (situation.period is not None) is (situation.state in RUNNING)
