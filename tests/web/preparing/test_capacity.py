"""The capacity page: one question, one answer, then what breaks the promise, in words, in a table and as a picture."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Protocol

import pytest
from django.core.cache import cache
from django.test import Client

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.schedule.models import Participation, Standing
from escale.apps.team.actions import record_leave
from escale.apps.territory.models import Commune
from tests.web.cast import Cast, make_commune
from tests.web.counting import queries_of

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]
PAGE = "/pilotage/tournee/capacite/"


class Answer(Protocol):
    @property
    def content(self) -> bytes: ...


def text(response: Answer) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def client(service: Cast, logged_in: LogIn) -> Client:
    return logged_in(service.coordinator)


def welcome(cast: Cast, number: int) -> None:
    """Bring more communes into the tour."""
    for rank in range(number):
        make_commune(cast.epci, f"98{rank:03}", f"Commune {rank:03}")
    Commune.objects.update(latitude=50.3, longitude=3.4)
    for commune in Commune.objects.filter(code__startswith="98"):
        Participation.objects.create(epci=cast.epci, commune=commune, standing=Standing.FIRM.value, starts=dt.date(2026, 1, 1))


def test_the_answer_comes_first(client: Client) -> None:
    shown = text(client.get(PAGE))

    assert "<h1>Peut-on tenir la promesse en 2027 ?</h1>" in shown
    assert '<span class="pill good">Oui</span> Chaque commune peut avoir sa visite chaque mois' in shown
    assert "pour 3 communes et 1 poste, absences notées comprises" in shown
    assert "Aucune absence n’est notée en 2027." in shown


def test_months_that_break_the_promise_are_told_with_their_reasons(client: Client, service: Cast) -> None:
    welcome(service, 30)

    shown = text(client.get(PAGE))

    assert '<span class="pill late">Non</span>' in shown
    assert "visites se partagent" in shown
    assert "communes sans place" in shown
    assert "Mois où la promesse est rompue" in shown, "the picture says it too"
    assert "il en manque" in shown


def test_the_readings_stand_beside_each_other(client: Client) -> None:
    shown = text(client.get(PAGE))

    assert "les après-midis du mardi au vendredi" in shown
    assert shown.count('data-label="Lecture 2"') == 12
    assert '<span class="pill info">la vôtre</span>' in shown


def test_leaves_that_break_the_promise_name_who_takes_them(client: Client, service: Cast) -> None:
    record_leave(actor=SYSTEM, mediator=service.camille, starts=dt.date(2027, 7, 1), ends=dt.date(2027, 7, 31))
    record_leave(actor=SYSTEM, mediator=service.camille, starts=dt.date(2027, 9, 1), ends=dt.date(2027, 9, 1))

    shown = text(client.get(PAGE))

    assert "<strong>Camille Exemple</strong>" in shown
    assert ": rompt la promesse à lui seul en juillet 2027 (3 visites sans place)." in shown
    assert "Une autre absence notée ne rompt rien." in shown


def test_one_more_commune_and_one_more_post_are_told(client: Client, service: Cast) -> None:
    welcome(service, 23)

    shown = text(client.get(PAGE))

    assert "<dt>Une commune de plus</dt> <dd>La promesse ne peut pas être tenue en mai 2027" in shown
    assert "<dt>Un poste de plus</dt> <dd>Chaque commune peut avoir sa visite chaque mois" in shown


def test_a_territory_that_cannot_be_reckoned_says_what_to_do(cast: Cast, logged_in: LogIn) -> None:
    shown = text(logged_in(cast.coordinator).get(PAGE))

    assert "On ne peut pas encore le dire" in shown
    assert "dire d’abord quelles communes participent" in shown


@pytest.mark.parametrize(
    ("asked", "told"), [("deux mille", "n’est pas une année"), ("1815", "trop loin"), ("2027²", "n’est pas une année")]
)
def test_a_year_that_is_none_is_refused_kindly(client: Client, asked: str, told: str) -> None:
    shown = text(client.get(PAGE, {"annee": asked}))

    assert told in shown
    assert "en 2027 ?" in shown


def test_another_year_is_chosen(client: Client) -> None:
    assert "Peut-on tenir la promesse en 2028 ?" in text(client.get(PAGE, {"annee": "2028"}))


def test_the_page_costs_as_many_queries_with_fifty_communes(client: Client, service: Cast) -> None:
    record_leave(actor=SYSTEM, mediator=service.camille, starts=dt.date(2027, 1, 4), ends=dt.date(2027, 1, 31))
    queries_of(client, PAGE)
    few = queries_of(client, PAGE)
    welcome(service, 50)
    for month in range(2, 13):
        record_leave(actor=SYSTEM, mediator=service.camille, starts=dt.date(2027, month, 4), ends=dt.date(2027, month, 26))
    queries_of(client, PAGE)

    assert queries_of(client, PAGE) == few


def test_reckoning_costs_as_many_queries_with_fifty_communes(client: Client, service: Cast) -> None:
    cache.clear()
    few = queries_of(client, PAGE)
    welcome(service, 50)
    cache.clear()

    assert queries_of(client, PAGE) == few


def test_only_the_coordinator_reaches_the_page(service: Cast, logged_in: LogIn) -> None:
    for user in (service.lawyer, service.reader, service.referent, service.mediator):
        assert logged_in(user).get(PAGE).status_code == 403
