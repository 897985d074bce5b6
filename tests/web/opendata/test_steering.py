"""The coordination says the SIRET, and finds the places that want an address."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.territory.models import Premises
from tests.web.cast import Cast
from tests.web.opendata.world import SIREN, hall, rows, tour_of_oisy
from tests.web.reading import plain
from tests.web.visiting import TODAY

pytestmark = pytest.mark.django_db
PAGE = "/pilotage/donnees-ouvertes/"


@pytest.fixture
def client(cast: Cast, logged_in: Callable[[User], Client], settings: Settings) -> Client:
    settings.ESCALE_TODAY = TODAY
    return logged_in(cast.coordinator)


def test_a_siret_goes_into_the_files_and_out_again(cast: Cast, client: Client) -> None:
    tour_of_oisy(cast)

    client.post(PAGE, {"value": "200 042 190 00013"})
    assert rows("/donnees/lieux.csv")[0]["pivot"] == "20004219000013"

    client.post(PAGE, {"value": ""})
    assert rows("/donnees/lieux.csv")[0]["pivot"] == SIREN


@pytest.mark.parametrize(("typed", "told"), [("200042190", "quatorze chiffres"), ("20006850000012", "commence par son SIREN")])
def test_a_siret_that_is_none_is_refused_beside_the_field(typed: str, told: str, cast: Cast, client: Client) -> None:
    tour_of_oisy(cast)

    page = plain(client.post(PAGE, {"value": typed}))

    assert told in page
    assert f'value="{typed}"' in page
    assert rows("/donnees/lieux.csv")[0]["pivot"] == SIREN


def test_a_place_without_an_address_is_one_click_from_getting_one(cast: Cast, client: Client) -> None:
    assert "Aucun passage n’est encore publié" in plain(client.get(PAGE))
    tour_of_oisy(cast)
    assert "Aucun : tous les lieux" in plain(client.get(PAGE))
    Premises.objects.update(address="")

    page = plain(client.get(PAGE))

    assert f'href="/pilotage/communes/59446/lieux/{hall(cast).pk}/"' in page
    assert 'href="/pilotage/donnees-ouvertes/"' in plain(client.get("/pilotage/communes/"))
