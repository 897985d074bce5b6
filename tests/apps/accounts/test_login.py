"""The login page: an address and a password, five wrong ones and no more, and no account that one opens oneself."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.territory.models import Epci
from tests.cast import PASSWORD, Person, engage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_tries_yet() -> None:
    cache.clear()


@pytest.fixture
def nadia(epci: Epci) -> User:
    return engage(Person.COORDINATOR, epci, password=PASSWORD)


def log_in(client: Client, user: User, password: str = PASSWORD) -> HttpResponse:
    return client.post(reverse("account_login"), {"login": user.email, "password": password})  # type: ignore[return-value]


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("address", ["nadia.lefebvre@exemple.fr", "Nadia.Lefebvre@EXEMPLE.fr"])
def test_an_address_and_its_password_open_the_house(address: str, client: Client, nadia: User) -> None:
    client.post(reverse("account_login"), {"login": address, "password": PASSWORD})

    assert is_in(client)


def test_a_wrong_password_and_an_unknown_address_are_refused_alike(client: Client, nadia: User) -> None:
    wrong = log_in(client, nadia, "pas le bon mot de passe")
    unknown = client.post(reverse("account_login"), {"login": "personne@exemple.fr", "password": PASSWORD})

    assert not is_in(client)
    assert wrong.status_code == unknown.status_code == 200
    assert wrong.context["form"].errors == unknown.context["form"].errors  # type: ignore[attr-defined]


def test_after_five_wrong_passwords_the_right_one_is_refused_too(client: Client, nadia: User) -> None:
    for _ in range(5):
        log_in(client, nadia, "pas le bon mot de passe")

    refused = log_in(Client(REMOTE_ADDR="192.0.2.7"), nadia)

    (reason,) = refused.context["form"].non_field_errors()  # type: ignore[attr-defined]
    assert reason == "Trop de tentatives de connexion échouées. Veuillez réessayer ultérieurement."


def test_the_tries_of_one_address_do_not_close_the_door_to_another(client: Client, nadia: User, epci: Epci) -> None:
    ines = engage(Person.INES, epci, password=PASSWORD)
    for _ in range(5):
        log_in(client, nadia, "pas le bon mot de passe")

    log_in(client, ines)

    assert is_in(client)


def test_a_closed_account_does_not_open(client: Client, nadia: User) -> None:
    User.objects.filter(pk=nadia.pk).update(is_active=False)

    log_in(client, nadia)

    assert not is_in(client)


def test_nobody_opens_an_account_for_oneself(client: Client) -> None:
    fields = {"email": "moi@exemple.fr", "password1": PASSWORD}

    client.post(reverse("account_signup"), fields)

    assert not User.objects.exists()


def test_passwords_are_kept_with_argon2(epci: Epci, settings: Settings) -> None:
    from escale.config import settings as installed

    settings.PASSWORD_HASHERS = installed.PASSWORD_HASHERS

    nadia = engage(Person.COORDINATOR, epci, password=PASSWORD)

    assert nadia.password.startswith("argon2$argon2id$")


def test_the_page_lets_nothing_in_from_elsewhere(client: Client) -> None:
    policy = client.get(reverse("account_login")).headers["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
