"""Disputes: an amicable way first, the court after it, also once the convention has ended."""

from __future__ import annotations

import pytest

from escale.apps.audit.actors import SYSTEM
from escale.apps.conventions.actions.disputing import dispute_state, open_dispute, take_dispute_step
from escale.apps.conventions.actions.terminating import terminate_for_general_interest
from escale.apps.conventions.models import Convention, Litige, Party
from escale.apps.conventions.queries import recourse_until
from escale.apps.territory.models import Commune, Epci
from escale.core.convention.cycles.dispute import DisputeState, DisputeTrigger
from tests.apps.conventions.paper import day, drafted, in_force, letter, refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]


@pytest.fixture
def convention(epci: Epci, oisy: Commune) -> Convention:
    return in_force(epci, oisy)


@pytest.fixture
def litige(convention: Convention) -> Litige:
    return open_dispute(actor=SYSTEM, convention=convention, subject="Le bureau fermé", opened_on=day("2026-11-02"))


def step(litige: Litige, trigger: DisputeTrigger, on: str, note: str = "") -> DisputeState:
    take_dispute_step(actor=SYSTEM, litige=litige, trigger=trigger, on=day(on), note=note)
    return dispute_state(litige)


def test_the_court_comes_after_an_amicable_way_and_a_mediation(litige: Litige) -> None:
    way = [
        (DisputeTrigger.TALKS_BEGUN, DisputeState.AMICABLE),
        (DisputeTrigger.FAILED, DisputeState.AMICABLE_FAILED),
        (DisputeTrigger.MEDIATION_ASKED, DisputeState.MEDIATION_ASKED),
        (DisputeTrigger.MEDIATION_BEGUN, DisputeState.MEDIATION),
        (DisputeTrigger.FAILED, DisputeState.MEDIATION_FAILED),
        (DisputeTrigger.BROUGHT_TO_COURT, DisputeState.IN_COURT),
    ]

    assert [step(litige, trigger, "2026-11-10") for trigger, _ in way] == [reached for _, reached in way]
    with refusal("E_JUDGMENT_MISSING", "note"):
        step(litige, DisputeTrigger.JUDGED, "2026-11-20")


def test_the_court_is_reached_at_once_for_a_reason_alone(litige: Litige) -> None:
    with refusal("E_AMIABLE_FIRST", "note"):
        step(litige, DisputeTrigger.BROUGHT_TO_COURT, "2026-11-10")

    assert step(litige, DisputeTrigger.BROUGHT_TO_COURT, "2026-11-10", "Urgence : le local ferme.") is DisputeState.IN_COURT


def test_steps_follow_one_another_in_time(litige: Litige) -> None:
    step(litige, DisputeTrigger.TALKS_BEGUN, "2026-11-10")

    with refusal("E_BACKWARDS", "on"):
        step(litige, DisputeTrigger.FAILED, "2026-11-09")
    with refusal("E_TRANSITION", "note"):
        step(litige, DisputeTrigger.JUDGED, "2026-11-11")


def test_a_dispute_opens_after_the_end_and_the_time_to_contest_it_is_counted(convention: Convention) -> None:
    terminate_for_general_interest(
        actor=SYSTEM,
        convention=convention,
        author=Party.EPCI,
        reasons="La cause de la convention a disparu.",
        posting=letter("2026-11-16", "2026-11-18"),
        last_day=day("2026-11-18"),
        document="Décision",
    )

    assert open_dispute(actor=SYSTEM, convention=convention, subject="La résiliation", opened_on=day("2026-11-20")).pk
    # Two months, « franc », from 18 November: 19 January 2027, a Tuesday.
    assert recourse_until(Convention.objects.get()) == day("2027-01-19")


def test_there_is_no_dispute_on_what_never_took_effect(epci: Epci, bousignies: Commune) -> None:
    with refusal("E_NOT_IN_FORCE", "opened_on"):
        open_dispute(actor=SYSTEM, convention=drafted(epci, bousignies), subject="?", opened_on=day("2026-11-20"))
