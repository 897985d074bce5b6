"""A mediator reads the day as a line with its stops, and the days that come, in the posts that they hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.team.models import Mediator, Occupancy, Post
from escale.apps.territory.models import KeyHolder
from tests.web.cast import Cast, make_commune
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
    Mediator.objects.filter(pk=cast.camille.pk).update(user=cast.mediator)
    return logged_in(cast.mediator)


def page(client: Client, path: str = "/terrain/") -> str:
    return plain(client.get(path))


def test_today_is_a_line_with_its_stops(cast: Cast, client: Client) -> None:
    KeyHolder.objects.create(premises=cast.oisy.premises.get(), rank=1, name="Lou Exemple", phone="03 53 01 00 31")
    make_visit(cast, cast.oisy, TODAY, "PM")
    make_visit(cast, cast.denain, TODAY, "AM")

    shown = page(client)

    assert shown.index("Départ de Denain") < shown.index("<h3>Denain") < shown.index("<h3>Oisy")
    assert "Lou Exemple" in shown
    assert "Rose Exemple" in shown
    assert "Lieu à compléter" in shown


def test_the_code_of_the_door_is_read_by_the_mediator_and_not_by_residents(cast: Cast, client: Client) -> None:
    cast.oisy.premises.update(entry_code="12B45")
    make_visit(cast, cast.oisy, TODAY, "PM")

    assert "<dt>Code de la porte</dt> <dd><strong>12B45</strong></dd>" in page(client)
    assert "12B45" not in page(Client(), "/communes/oisy/")


def test_a_day_without_any_stop_shows_the_next_one(cast: Cast, client: Client) -> None:
    make_visit(cast, cast.oisy, day(12, 1))
    make_visit(cast, cast.denain, day(12, 2))

    shown = page(client)

    assert "Pas de passage aujourd’hui" in shown
    assert "<h3>Oisy" in shown
    assert "<h3>Denain" not in shown


def test_the_tour_of_a_post_is_shown_to_whoever_holds_it_then(cast: Cast, client: Client) -> None:
    Occupancy.objects.filter(mediator=cast.camille).update(ends=day(12, 10))
    make_visit(cast, cast.oisy, day(12, 9))
    make_visit(cast, cast.denain, day(12, 16))

    shown = page(client, "/terrain/jours/")

    assert "Oisy" in shown
    assert "Denain" not in shown


def test_the_stops_of_a_colleague_are_not_shown(cast: Cast, client: Client) -> None:
    other = Post.objects.create(epci=cast.epci, label="Poste 2", base=cast.denain)
    make_visit(cast, cast.oisy, day(12, 9), post=other)

    assert "Oisy" not in page(client)
    assert "Aucun passage" in page(client, "/terrain/jours/")


def test_the_days_that_come_stand_week_by_week(cast: Cast, client: Client) -> None:
    make_visit(cast, cast.oisy, day(11, 26))
    make_visit(cast, cast.denain, day(12, 1))

    shown = page(client, "/terrain/jours/")

    assert shown.count("Semaine du") == 2
    assert "lundi 30 novembre 2026" in shown


def test_the_days_begin_with_the_next_one_however_far_it_is(cast: Cast, client: Client) -> None:
    make_visit(cast, cast.oisy, day(3, 9, 2027))

    assert "mardi 9 mars 2027" in page(client, "/terrain/jours/")


def test_a_cancelled_stop_is_told_and_is_no_stop(cast: Cast, client: Client) -> None:
    make_visit(cast, cast.oisy, day(11, 26), state="cancelled")

    assert "Annulé : personne ne vient à Oisy" in page(client)
    assert "Pas encore de passage prévu" in page(client)


def test_fifty_stops_cost_as_many_queries_as_two(cast: Cast, client: Client) -> None:
    make_visit(cast, cast.oisy, TODAY, "PM")
    make_visit(cast, cast.denain, day(11, 24))
    few = queries_of(client, "/terrain/"), queries_of(client, "/terrain/jours/")

    for number in range(24):
        commune = make_commune(cast.epci, f"99{number:03}", f"Commune {number}")
        make_visit(cast, commune, TODAY + dt.timedelta(days=2 + number))

    assert (queries_of(client, "/terrain/"), queries_of(client, "/terrain/jours/")) == few
