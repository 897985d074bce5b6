"""The pages of conventions that live, in a real browser: for everyone, at any width, light and dark."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from escale.apps.audit.actors import SYSTEM
from escale.apps.conventions.actions.denouncing import denounce
from escale.apps.conventions.models import Party
from tests.apps.conventions.paper import day, drafted, in_force, letter
from tests.journeys.test_pages import WIDTHS_AND_SCHEMES
from tests.journeys.walk import Walk
from tests.web.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BOARD = "/pilotage/conventions/"


@pytest.fixture(autouse=True)
def _in_november(settings: Settings) -> None:
    settings.ESCALE_TODAY = day("2026-11-23")


@pytest.mark.parametrize("below", ["", "{pk}/", "{pk}/obligations/", "{pk}/journal/", "echeances/", "?voir=souci&tri=date"])
def test_a_page_of_a_convention_is_open_to_everyone(walk: Walk, cast: Cast, below: str) -> None:
    drafted(cast.epci, cast.denain)
    convention = in_force(cast.epci, cast.oisy)
    posting = letter("2026-04-29", "2026-05-05", "1A 000 000 0009 9", presented=day("2026-04-30"))
    denounce(actor=SYSTEM, convention=convention, author=Party.COMMUNE, posting=posting)
    path = BOARD + below.format(pk=convention.pk)

    faults = {
        f"{width} {scheme}": walk.faults_of(walk.open(path, user=cast.lawyer, width=width, scheme=scheme))
        for width, scheme in WIDTHS_AND_SCHEMES
    }

    assert not any(faults.values()), faults
