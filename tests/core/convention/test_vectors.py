"""The reference dates, each of them, whatever the time zone of the machine."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

import pytest

from escale.core.calendar.holidays import HolidayArea, holidays_of
from escale.core.convention.dates import (
    add_months,
    evaluations,
    first_day_to_terminate,
    is_working_day,
    last_day_to_cure,
    last_day_to_denounce,
)
from escale.core.convention.denunciation import qualify
from escale.core.convention.letters import Letter, Returned
from escale.core.convention.periods import Course
from escale.core.convention.terms import DateRule, Terms
from tests.core.convention.vectors import VECTORS, day, day_or_none

NOTIFIED = day("2025-03-17")


@pytest.fixture(params=["UTC", "Europe/Paris", "Pacific/Noumea"], autouse=True)
def _zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put the machine in a time zone, and back."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("vector", VECTORS["periods"], ids=lambda vector: f"{vector['effect']} {vector['k']}")
def test_a_period(vector: dict[str, Any]) -> None:
    course = Course(terms=Terms(), effect=day(vector["effect"]))

    period = course.period(vector["k"])

    assert (period.start, period.end, period.days) == (day(vector["start"]), day(vector["end"]), vector["days"])
    assert period.last_day_to_denounce == day(vector["denunciation_deadline"])
    assert is_working_day(period.last_day_to_denounce) is vector["deadline_is_working_day"]
    assert period.post_by == day(vector["recommended_posting"])
    assert period.is_closed_from_start is vector["window_already_closed"]
    assert course.period_on(period.start) == course.period_on(period.end) == period


@pytest.mark.parametrize("vector", VECTORS["denunciation"], ids=lambda vector: vector["name"])
def test_a_denunciation(vector: dict[str, Any]) -> None:
    letter = Letter(
        sent=day(vector["sent"]),
        presented=day(vector["first_presentation"]),
        delivered=day_or_none(vector["delivered"]),
        returned=Returned.UNCLAIMED if vector["returned_unclaimed"] else None,
    )

    found = qualify(Course(terms=Terms(), effect=NOTIFIED), letter)

    assert (found.aimed.end, found.aimed.last_day_to_denounce) == (day(vector["term_end"]), day(vector["deadline"]))
    assert {rule.value: judged.notified_on for rule, judged in found.rules.items()} == {
        rule: day_or_none(text) for rule, text in vector["notified_on"].items()
    }
    assert {rule.value: judged.in_time for rule, judged in found.rules.items()} == vector["in_time"]
    assert (found.certainty, found.effective) == (vector["certainty"], vector["default_effective"])
    assert found.ends_on == day(vector["contract_ends"])


@pytest.mark.parametrize("vector", VECTORS["cure"], ids=lambda vector: vector["received"])
def test_a_cure(vector: dict[str, Any]) -> None:
    received = day(vector["received"])

    assert add_months(received, 1) == day(vector["raw"])
    assert last_day_to_cure(Terms(cure_roll_forward=False), received) == day(vector["raw"])
    assert last_day_to_cure(Terms(), received) == day(vector["rolled"])
    assert first_day_to_terminate(Terms(), received) == day(vector["first_day_termination_may_be_notified"])


@pytest.mark.parametrize("vector", VECTORS["evaluation"], ids=lambda vector: vector["anchor"])
def test_evaluations(vector: dict[str, Any]) -> None:
    due = [day(text) for text in vector["due"]]

    assert list(islice(evaluations(Terms(), day(vector["anchor"])), len(due))) == due


@pytest.mark.parametrize("vector", VECTORS["generic_terms"], ids=lambda vector: vector["term_end"])
def test_other_terms(vector: dict[str, Any]) -> None:
    terms = replace(Terms(), initial_term_end=day(vector["term_end"]))
    ends = [day(text) for text in vector["renewed_ends"]]
    course = Course(terms=terms, effect=day("2025-01-01"))

    assert last_day_to_denounce(terms, terms.initial_term_end) == day(vector["denunciation_deadline"])
    assert [course.end_of(number) for number in range(1, len(ends) + 1)] == ends


@pytest.mark.parametrize("year", VECTORS["holidays"])
def test_public_holidays(year: str) -> None:
    assert list(holidays_of(int(year), HolidayArea.METROPOLE)) == [day(text) for text in VECTORS["holidays"][year]]


def test_every_rule_is_in_the_vectors() -> None:
    assert all(set(vector["in_time"]) == set(DateRule) for vector in VECTORS["denunciation"])
