"""A town hall reads its next visit, what to prepare for it, and the dates of the year."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.schedule.models import AnnexedPattern
from escale.apps.territory.models import KeyHolder
from tests.web.cast import Cast
from tests.web.counting import queries_of
from tests.web.reading import plain
from tests.web.visiting import TODAY, day, make_visit

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _frozen(settings: Settings) -> None:
    settings.ESCALE_TODAY = TODAY


@pytest.fixture
def client(cast: Cast, logged_in: LogIn) -> Client:
    return logged_in(cast.referent)


def page(client: Client, path: str = "/mairie/") -> str:
    return plain(client.get(path))


def agree(cast: Cast, nth: int, weekday: int, half: str) -> None:
    AnnexedPattern.objects.create(epci=cast.epci, commune=cast.oisy, nth=nth, weekday=weekday, half=half, starts=day(1, 1))


def test_the_next_visit_says_who_comes_where_and_who_opens(cast: Cast, client: Client) -> None:
    KeyHolder.objects.create(premises=cast.oisy.premises.get(), rank=1, name="Rose Exemple", phone="03 53 01 00 31")
    make_visit(cast, cast.oisy, day(12, 23), "PM")

    shown = page(client)

    assert "Prochain passage : <time" in shown
    assert "mercredi 23 décembre 2026" in shown
    assert "avec Camille" in shown
    assert "03 53 01 00 21" in shown
    assert "Rose Exemple" in shown
    assert "Mairie, Salle du conseil" in shown


def test_what_is_missing_is_to_be_completed(cast: Cast, client: Client) -> None:
    make_visit(cast, cast.oisy, day(12, 23), "PM")

    assert "À compléter</span> dites à la coordination qui ouvre" in page(client)


def test_a_date_that_is_not_the_usual_day_is_said(cast: Cast, client: Client) -> None:
    agree(cast, 4, 2, "PM")
    make_visit(cast, cast.oisy, day(12, 16), "PM")
    make_visit(cast, cast.oisy, day(1, 27, 2027), "PM")

    assert "pas le jour habituel" in page(client)
    assert "Jour habituel : quatrième mercredi du mois, après-midi" in page(client)
    assert "pas le jour habituel" not in page(client, "/mairie/dates/?annee=2027")


def test_the_dates_of_the_year_say_what_is_past_moved_or_cancelled(cast: Cast, client: Client) -> None:
    make_visit(cast, cast.oisy, day(10, 7))
    make_visit(cast, cast.oisy, day(11, 4), state="cancelled")
    make_visit(cast, cast.oisy, day(12, 16), "PM", origin=(day(12, 9), "AM"))

    shown = page(client, "/mairie/dates/")

    coming, past = shown.split("Dates passées")
    assert "décembre" in coming
    assert "octobre" in past
    assert "annulé" in past
    assert "au lieu du mercredi 9 décembre 2026, matin" in shown


def test_another_commune_is_not_shown(cast: Cast, client: Client) -> None:
    make_visit(cast, cast.denain, day(12, 16))

    assert "décembre" not in page(client)
    assert "Aucune date publiée en 2026" in page(client, "/mairie/dates/")


@pytest.mark.parametrize("asked", ["", "2027", "abc", "99999999999", "0", "-1"])
def test_any_year_may_be_asked_for(cast: Cast, client: Client, asked: str) -> None:
    assert client.get("/mairie/dates/", {"annee": asked}).status_code == 200


def test_fifty_visits_cost_as_many_queries_as_one(cast: Cast, client: Client) -> None:
    make_visit(cast, cast.oisy, day(12, 16))
    few = queries_of(client, "/mairie/"), queries_of(client, "/mairie/dates/")

    for number in range(24):
        make_visit(cast, cast.oisy, day(number % 12 + 1, 2 + number), "PM")

    assert (queries_of(client, "/mairie/"), queries_of(client, "/mairie/dates/")) == few
