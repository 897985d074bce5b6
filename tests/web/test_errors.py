"""A page that cannot be shown says so in French, with what to do next."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.template.loader import render_to_string
from django.test import Client

from escale.apps.accounts.models import User
from tests.web.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db


def test_an_address_that_is_not_there(cast: Cast) -> None:
    response = Client().get("/nulle-part/")

    assert response.status_code == 404
    assert "Voir toutes les communes" in response.content.decode()


def test_a_page_that_is_not_open(cast: Cast, logged_in: Callable[[User], Client]) -> None:
    shown = logged_in(cast.mediator).get("/pilotage/").content.decode()

    assert "Retourner à mon espace" in shown


def test_the_address_of_a_button(cast: Cast, logged_in: Callable[[User], Client]) -> None:
    response = logged_in(cast.coordinator).get("/pilotage/tournee/consultation/envoyer/")

    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "appuyez de nouveau sur le bouton" in response.content.decode()


def test_a_form_that_is_too_old() -> None:
    response = Client(enforce_csrf_checks=True).post("/compte/login/", {"login": "x"})

    assert response.status_code == 403
    assert "rechargez-la" in response.content.decode()


def test_the_page_of_a_fault_of_ours_stands_alone() -> None:
    assert "prévenez la personne qui coordonne le service" in render_to_string("500.html")


def test_too_many_tries_are_told_as_such(cast: Cast) -> None:
    client = Client()
    for _ in range(5):
        client.post("/compte/login/", {"login": "desk@example.org", "password": "non, pas ça"})

    response = client.post("/compte/login/", {"login": "desk@example.org", "password": PASSWORD})

    assert "Trop de tentatives" in response.content.decode()
