"""Each role reaches its journey, and no other; whoever has several roles chooses."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from escale.apps.accounts.access import Kind
from escale.apps.accounts.models import Role, User
from tests.web.cast import Cast
from tests.web.reading import plain

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]

HOMES = {
    "coordinator": "/pilotage/",
    "lawyer": "/pilotage/",
    "reader": "/pilotage/",
    "referent": "/mairie/",
    "desk": "/mairie/",
    "mediator": "/terrain/",
}


@pytest.mark.parametrize(("who", "home"), HOMES.items())
def test_a_role_leads_to_its_journey_and_to_no_other(cast: Cast, logged_in: LogIn, who: str, home: str) -> None:
    client = logged_in(getattr(cast, who))

    reached = {path: client.get(path).status_code for path in ("/pilotage/", "/mairie/", "/terrain/")}

    assert client.get("/mon-espace/").headers["Location"] == home
    assert reached == {path: 200 if path == home else 403 for path in reached}


@pytest.mark.parametrize("path", ["/mon-espace/", "/pilotage/", "/pilotage/communes/", "/mairie/", "/terrain/"])
def test_whoever_is_not_logged_in_is_asked_to(cast: Cast, path: str) -> None:
    assert Client().get(path).headers["Location"] == f"/compte/login/?next={path}"


def test_someone_without_a_role_is_told_whom_to_ask(cast: Cast, logged_in: LogIn) -> None:
    shown = plain(logged_in(cast.stranger).get("/mon-espace/"))

    assert "Votre compte n’a pas de rôle aujourd’hui" in shown


def test_someone_with_two_communes_chooses_one(cast: Cast, logged_in: LogIn) -> None:
    second = Role.objects.create(user=cast.desk, kind=Kind.DESK, epci=cast.epci, commune=cast.denain, place=cast.denain.code)
    client = logged_in(cast.desk)

    assert "Accueil de la mairie : Denain" in plain(client.get("/mon-espace/"))
    client.post(f"/mon-espace/{second.pk}/")

    assert "Prochain passage à Denain" in plain(client.get("/mairie/"))


def test_the_role_of_someone_else_cannot_be_chosen(cast: Cast, logged_in: LogIn) -> None:
    role = Role.objects.get(user=cast.coordinator)

    assert logged_in(cast.desk).post(f"/mon-espace/{role.pk}/").status_code == 404
