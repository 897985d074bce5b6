"""Each person finds the address of their calendar, and may change it when it went too far."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.messaging.models import FeedToken
from tests.web.cast import Cast

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _address(settings: Settings) -> None:
    settings.ADDRESS = "https://aide.exemple.fr"


@pytest.fixture(params=["mairie", "terrain", "pilotage"])
def page(request: pytest.FixtureRequest, cast: Cast, logged_in: LogIn) -> tuple[Client, str]:
    """The page of each journey, opened by who may manage it."""
    cast.camille.user = cast.mediator
    cast.camille.save()
    who, path = {
        "mairie": (cast.referent, "/mairie/agenda/"),
        "terrain": (cast.mediator, "/terrain/agenda/"),
        "pilotage": (cast.coordinator, "/pilotage/tournee/agenda/"),
    }[request.param]
    return logged_in(who), path


def shown(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def key_in(text: str) -> str:
    found = re.search(r'value="https://aide\.exemple\.fr/agenda/([\w-]+)\.ics"', text)
    assert found is not None
    return found[1]


def test_the_address_is_made_when_it_is_asked_for(page: tuple[Client, str]) -> None:
    client, path = page

    before = shown(client, path)
    told = client.post(path, {"do": "open"}, follow=True).content.decode()

    assert "Créer l’adresse" in before
    assert not re.search(r"\.ics", before)
    assert f'href="webcal://aide.exemple.fr/agenda/{key_in(told)}.ics"' in told
    assert Client().get(f"/agenda/{key_in(told)}.ics").status_code == 200


def test_another_address_closes_the_one_before(page: tuple[Client, str]) -> None:
    client, path = page
    first = key_in(client.post(path, {"do": "open"}, follow=True).content.decode())

    told = client.post(path, {"do": "renew"}, follow=True).content.decode()

    assert "L’ancienne ne marche plus" in told
    assert key_in(told) != first
    assert Client().get(f"/agenda/{first}.ics").status_code == 404


def test_a_closed_address_is_gone(page: tuple[Client, str]) -> None:
    client, path = page
    first = key_in(client.post(path, {"do": "open"}, follow=True).content.decode())

    told = client.post(path, {"do": "revoke"}, follow=True).content.decode()

    assert "L’adresse est fermée" in told
    assert Client().get(f"/agenda/{first}.ics").status_code == 404


def test_what_is_not_offered_does_nothing(page: tuple[Client, str]) -> None:
    client, path = page

    assert client.post(path, {"do": "boum"}).status_code == 302
    assert not FeedToken.objects.exists()


def test_the_page_with_the_address_is_kept_nowhere(page: tuple[Client, str]) -> None:
    client, path = page

    assert client.get(path).headers["Cache-Control"] == "no-store"


def test_the_desk_reads_the_address_and_does_not_change_it(cast: Cast, logged_in: LogIn) -> None:
    desk = logged_in(cast.desk)

    assert "La personne référente de la commune peut le faire" in shown(desk, "/mairie/agenda/")
    assert desk.post("/mairie/agenda/", {"do": "open"}).status_code == 403
    logged_in(cast.referent).post("/mairie/agenda/", {"do": "open"})
    told = shown(desk, "/mairie/agenda/")
    assert key_in(told)
    assert "Changer d’adresse" not in told


def test_an_account_that_nobody_linked_to_the_team_is_told_so(cast: Cast, logged_in: LogIn) -> None:
    client = logged_in(cast.mediator)

    assert "pas encore relié à l’équipe" in shown(client, "/terrain/agenda/")
    assert client.post("/terrain/agenda/", {"do": "open"}).status_code == 200
    assert not FeedToken.objects.exists()
