"""What falls due, day by day: terms and letters, mises en demeure, evaluations, councils; nothing after a certain end."""

from __future__ import annotations

import pytest

from escale.apps.audit.actors import SYSTEM
from escale.apps.conventions.actions.acting import record_act
from escale.apps.conventions.actions.denouncing import denounce
from escale.apps.conventions.actions.disputing import open_dispute
from escale.apps.conventions.actions.terminating import put_on_notice, terminate_for_general_interest
from escale.apps.conventions.models import ActKind, Convention, Outcome, Party
from escale.apps.obligations.deadlines import DeadlineKind, deadlines_of
from escale.apps.team.models import Insurance
from escale.apps.territory.actions import set_setting
from escale.apps.territory.models import Commune, Epci
from tests.apps.conventions.paper import day, frozen, in_force, letter

pytestmark = pytest.mark.django_db

ON, UNTIL = "2026-11-23", "2027-12-31"


def found(on: str = ON, until: str = UNTIL) -> list[tuple[str, str]]:
    lines = deadlines_of(Convention.objects.all(), day(on), day(until))
    return [(line.kind.value, line.day.isoformat()) for line in lines]


def test_a_convention_in_force_has_its_term_its_denunciation_and_its_evaluation(epci: Epci, oisy: Commune) -> None:
    in_force(epci, oisy)

    assert found() == [
        ("evaluation", "2027-03-17"),
        ("post", "2027-04-09"),
        ("denounce", "2027-04-30"),
        ("renewal", "2027-06-30"),
    ]


def test_the_days_given_to_a_letter_are_those_of_the_epci(epci: Epci, oisy: Commune) -> None:
    in_force(epci, oisy)
    set_setting(actor=SYSTEM, epci=epci, key="POSTING_SAFETY_DAYS", value="30")

    assert ("post", "2027-03-31") in found()


def test_a_denounced_convention_owes_nothing_after_its_last_day(epci: Epci, oisy: Commune) -> None:
    convention = in_force(epci, oisy)
    denounce(actor=SYSTEM, convention=convention, author=Party.COMMUNE, posting=letter("2026-10-01", "2026-10-05", "1A2"))

    assert found(until="2028-12-31") == [("evaluation", "2027-03-17"), ("term", "2027-06-30")]


def test_what_hangs_over_a_convention_has_its_days(epci: Epci, oisy: Commune) -> None:
    convention = in_force(epci, oisy)
    open_dispute(actor=SYSTEM, convention=convention, subject="Le lieu", opened_on=day("2026-11-01"))
    put_on_notice(
        actor=SYSTEM,
        convention=convention,
        author=Party.EPCI,
        articles=["7"],
        facts="Pas de chauffage.",
        expected="Un lieu chauffé.",
        posting=letter("2026-11-10", "2026-11-12", "1A3"),
    )

    assert found(until="2026-12-31") == [("cure", "2026-12-14"), ("amicable", "2026-12-31")]


def test_a_termination_has_its_last_day_and_its_recourse(epci: Epci, oisy: Commune) -> None:
    terminate_for_general_interest(
        actor=SYSTEM,
        convention=in_force(epci, oisy),
        author=Party.EPCI,
        reasons="Le service change.",
        posting=letter("2026-11-10", "2026-11-12", "1A4"),
        last_day=day("2026-12-31"),
        document="décision",
    )

    assert found() == [("term", "2026-12-31"), ("recourse", "2027-01-13")]


def test_a_text_on_its_way_has_its_next_council_and_its_own_term(epci: Epci, oisy: Commune) -> None:
    record_act(
        actor=SYSTEM,
        convention=frozen(epci, oisy),
        kind=ActKind.COMMUNE_COUNCIL,
        held_on=day("2025-02-03"),
        outcome=Outcome.POSTPONED,
        next_council_on=day("2025-03-10"),
        proof="extrait",
    )

    assert found("2025-02-10") == [("council", "2025-03-10"), ("act", "2026-06-30")]


def test_the_end_of_the_insurance_is_told_once_for_the_epci(epci: Epci, oisy: Commune, bousignies: Commune) -> None:
    in_force(epci, oisy)
    in_force(epci, bousignies)
    Insurance.objects.create(epci=epci, insurer="Exemple", policy="1", starts=day("2025-01-01"), ends=day("2026-12-31"))

    lines = deadlines_of(Convention.objects.all(), day(ON), day("2026-12-31"))

    assert [(line.kind, line.convention, line.address_name) for line in lines] == [
        (DeadlineKind.INSURANCE, None, "steering:insurance")
    ]
