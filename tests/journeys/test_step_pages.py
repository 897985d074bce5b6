"""A guided step in a real browser, with and without scripts: asked, shown, then taken."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from escale.apps.conventions.models import Convention, Signatory
from tests.apps.conventions.paper import day, frozen
from tests.journeys.forms import press
from tests.journeys.walk import Walk
from tests.web.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _frozen_day(settings: Settings) -> None:
    settings.ESCALE_TODAY = day("2026-11-23")


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [1280, 320])
def test_a_vote_is_recorded_from_its_question_to_the_convention(walk: Walk, cast: Cast, width: int, scripts: bool) -> None:
    convention = frozen(cast.epci, cast.oisy, initial_term_end=day("2027-06-30"))
    page = walk.open(f"/pilotage/conventions/{convention.pk}/faire/deliberation/", user=cast.lawyer, width=width, scripts=scripts)
    page.get_by_label("Délibération du conseil municipal").check()
    page.get_by_label("Séance du").fill("2026-11-10")
    page.get_by_label("Numéro", exact=True).fill("2026-41")
    press(page, "Voir ce que cela change")

    assert page.get_by_text("Rien n’est encore enregistré.").is_visible()
    if scripts:
        assert walk.faults_of(page) == []
    press(page, "Enregistrer une délibération")

    assert page.get_by_text("Délibération du conseil municipal n° 2026-41").first.is_visible()
    assert Convention.objects.get().authorisations.count() == 1
    assert not Signatory.objects.exists()
