"""The steps of a dispute: amicable first, médiation, the court; also once the convention is over."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from escale.apps.audit.actors import SYSTEM
from escale.apps.conventions.actions.disputing import dispute_state
from escale.apps.conventions.actions.terminating import terminate_for_general_interest
from escale.apps.conventions.models import Convention, Litige, Party
from escale.core.convention.cycles.dispute import DisputeState
from tests.apps.conventions.paper import day, drafted, in_force, letter
from tests.web.cast import Cast
from tests.web.conventions.steps.taking import address, preview_of, refused, take, text_of

pytestmark = pytest.mark.usefixtures("_in_november")

OPENED: dict[str, Any] = {"subject": "Le bureau fermé", "opened_on": "2026-11-16"}


@pytest.fixture
def convention(cast: Cast) -> Convention:
    return in_force(cast.epci, cast.oisy)


def forward(client: Client, convention: Convention, trigger: str, note: str = "") -> DisputeState:
    take(client, convention, "litige", trigger=trigger, on="2026-11-20", note=note)
    return dispute_state(Litige.objects.get())


def test_opening_one_says_what_comes_first_and_when_one_is_asked_again(client: Client, convention: Convention) -> None:
    page = preview_of(client, convention, "ouvrir-un-litige", **OPENED)

    assert "médiation (L. 213-1 CJA, ex-L. 211-4)" in page
    assert "Le vendredi 15 janvier 2027, on vous demandera où en est la voie amiable : 60 jours après l’ouverture." in page


def test_only_the_steps_that_follow_are_offered(client: Client, convention: Convention) -> None:
    take(client, convention, "ouvrir-un-litige", **OPENED)

    page = text_of(client.get(address(convention, "litige")))

    assert "La recherche d’une voie amiable commence" in page
    assert "Le tribunal administratif est saisi" in page
    assert "Le juge homologue" not in page


def test_it_goes_from_an_amicable_way_to_a_mediation(client: Client, convention: Convention) -> None:
    take(client, convention, "ouvrir-un-litige", **OPENED)

    reached = [
        forward(client, convention, trigger) for trigger in ("TALKS_BEGUN", "FAILED", "MEDIATION_ASKED", "MEDIATION_BEGUN")
    ]

    assert reached[-1] is DisputeState.MEDIATION


def test_the_court_at_once_asks_for_a_reason(client: Client, convention: Convention) -> None:
    take(client, convention, "ouvrir-un-litige", **OPENED)
    [why] = refused(client, convention, "litige", trigger="BROUGHT_TO_COURT", on="2026-11-20", note="")
    assert "article 9 veut une voie amiable d’abord, sauf urgence" in why

    assert forward(client, convention, "BROUGHT_TO_COURT", "Urgence : le local ferme.") is DisputeState.IN_COURT


def test_one_opens_after_the_end_and_the_time_to_contest_it_is_told(client: Client, convention: Convention) -> None:
    terminate_for_general_interest(
        actor=SYSTEM,
        convention=convention,
        author=Party.EPCI,
        reasons="La cause de la convention a disparu.",
        posting=letter("2026-11-16", "2026-11-18"),
        last_day=day("2026-11-18"),
        document="Décision",
    )

    page = preview_of(client, convention, "ouvrir-un-litige", **OPENED)

    assert "jusqu’au mardi 19 janvier 2027 inclus ; un recours gracieux n’arrête pas ce délai." in page


def test_there_is_none_on_what_never_took_effect(cast: Cast, client: Client) -> None:
    assert client.get(address(drafted(cast.epci, cast.denain), "ouvrir-un-litige")).status_code == 302
