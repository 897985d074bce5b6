"""What dates alone decide of signatures, notifications, terminations and disputes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial

import pytest

from escale.core.convention.checks import (
    Span,
    check_breach,
    check_notification,
    check_signature,
    cure_starts_on,
    executory_on,
    termination_takes_effect,
)
from escale.core.convention.cycles.dispute import amicable_reminder
from escale.core.convention.cycles.mise_en_demeure import CureState, cure_state_on
from escale.core.convention.parties import Party
from escale.core.convention.refusals import RefusedError
from escale.core.convention.terms import CureStart, TerminationEffect, Terms
from tests.core.convention.vectors import day, day_or_none

TERMS = Terms()
OFFICE = Span(starts=day("2020-05-24"), ends=day("2026-03-20"))
SIGNED = [day("2025-03-10"), day("2025-03-12")]


def test_an_act_is_executory_once_published_and_transmitted() -> None:
    assert executory_on(transmitted=day("2025-02-25"), published=day("2025-02-27")) == day("2025-02-27")
    assert executory_on(transmitted=None, published=day("2025-02-27")) is None


@pytest.mark.parametrize(
    ("on", "executory", "code"),
    [
        ("2026-04-02", "2026-03-01", "E_SIGNATORY_NOT_IN_OFFICE"),
        ("2020-05-23", "2020-01-01", "E_SIGNATORY_NOT_IN_OFFICE"),
        ("2025-03-10", "2025-03-11", "E_SIGNED_BEFORE_EXECUTORY"),
        ("2025-03-10", "", "E_SIGNED_BEFORE_EXECUTORY"),
    ],
)
def test_a_signature_out_of_office_or_before_its_act_is_refused(on: str, executory: str, code: str) -> None:
    with pytest.raises(RefusedError, match=code):
        check_signature(day(on), executory=day_or_none(executory or None), office=OFFICE)


def test_a_signature_on_the_day_of_its_act_and_on_the_last_day_of_office_holds() -> None:
    check_signature(day("2026-03-20"), executory=day("2026-03-20"), office=OFFICE)


@pytest.mark.parametrize(
    ("on", "signed", "others", "code"),
    [
        ("2025-03-11", SIGNED, [], "E_NOTIFICATION_BEFORE_SIGNATURE"),
        ("2025-03-17", SIGNED[:1], [], "E_NOTIFICATION_BEFORE_SIGNATURE"),
        ("2026-07-06", SIGNED, [], "E_NOTIFICATION_AFTER_TERM"),
        ("2025-03-17", SIGNED, [Span(starts=day("2024-01-01"))], "E_OVERLAP"),
        ("2025-03-17", SIGNED, [Span(starts=day("2024-01-01"), ends=day("2025-03-17"))], "E_OVERLAP"),
        ("2025-03-17", SIGNED, [Span(starts=day("2027-01-01"))], "E_OVERLAP"),
    ],
)
def test_a_notification_that_cannot_be_is_refused(on: str, signed: list[dt.date], others: list[Span], code: str) -> None:
    with pytest.raises(RefusedError, match=code):
        check_notification(TERMS, day(on), signed=signed, others=others)


def test_a_convention_may_follow_another_one_the_day_after_its_end() -> None:
    check_notification(TERMS, day("2025-03-17"), signed=SIGNED, others=[Span(starts=day("2024-01-01"), ends=day("2025-03-16"))])


@pytest.mark.parametrize(
    ("start", "presented", "delivered", "found"),
    [
        (CureStart.RECEIPT, "2027-01-14", "2027-01-15", "2027-01-15"),
        (CureStart.RECEIPT, "2027-01-14", "", "2027-01-14"),
        (CureStart.RECEIPT, "", "", ""),
        (CureStart.FIRST_PRESENTATION, "2027-01-14", "2027-01-15", "2027-01-14"),
        (CureStart.SENDING, "", "", "2027-01-12"),
    ],
)
def test_the_month_of_a_mise_en_demeure_has_a_first_day(start: CureStart, presented: str, delivered: str, found: str) -> None:
    dates = {"presented": day_or_none(presented or None), "delivered": day_or_none(delivered or None)}

    assert cure_starts_on(replace(TERMS, cure_start=start), sent=day("2027-01-12"), **dates) == day_or_none(found or None)


def test_a_termination_waits_for_the_month_to_be_over() -> None:
    check = partial(check_breach, TERMS, received=day("2027-01-31"), author=Party.EPCI, defaulting=Party.COMMUNE)

    with pytest.raises(RefusedError, match="résilier à partir du 2 mars 2027"):
        check(day("2027-03-01"), cured=False)
    check(day("2027-03-02"), cured=False)
    with pytest.raises(RefusedError, match="E_CURE_NOT_OVER"):
        check(day("2027-03-02"), cured=True)


def test_the_party_in_default_cannot_terminate() -> None:
    with pytest.raises(RefusedError, match="E_DEFAULTING_PARTY"):
        check_breach(
            TERMS, day("2027-06-02"), received=day("2027-01-31"), author=Party.COMMUNE, defaulting=Party.EPCI.other, cured=False
        )


@pytest.mark.parametrize(
    ("on", "cured", "state"),
    [
        ("2027-01-31", "", CureState.RUNNING),
        ("2027-03-01", "", CureState.RUNNING),
        ("2027-03-02", "", CureState.NOT_CURED),
        ("2027-03-02", "2027-02-20", CureState.CURED),
        ("2027-02-19", "2027-02-20", CureState.RUNNING),
    ],
)
def test_a_mise_en_demeure_stands_where_the_day_says(on: str, cured: str, state: CureState) -> None:
    assert cure_state_on(TERMS, day("2027-01-31"), day(on), cured=day_or_none(cured or None)) is state


def test_a_termination_never_takes_effect_before_its_notification() -> None:
    early, late, notified = day("2027-02-01"), day("2027-04-01"), day("2027-03-02")
    at_once = replace(TERMS, termination_effect=TerminationEffect.NOTIFICATION_DATE)

    assert termination_takes_effect(TERMS, notified=notified) == notified
    assert termination_takes_effect(TERMS, notified=notified, stated=early) == notified
    assert termination_takes_effect(TERMS, notified=notified, stated=late) == late
    assert termination_takes_effect(at_once, notified=notified, stated=late) == notified


def test_people_are_asked_after_sixty_days_where_an_amicable_way_stands() -> None:
    assert amicable_reminder(day("2027-01-01")) == day("2027-03-02")
