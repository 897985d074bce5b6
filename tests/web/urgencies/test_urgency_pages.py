"""Screens of an urgency: the mairie asks and sees, the mediator answers on a telephone, the coordination follows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.team.models import Leave
from escale.apps.territory.actions import record_mairie
from escale.apps.urgencies.actions import ask_urgency
from escale.apps.urgencies.models import Request
from escale.core.urgencies.life import Matter
from tests.apps.booking.service import Clock
from tests.web.cast import Cast
from tests.web.counting import queries_of
from tests.web.reading import plain
from tests.web.visiting import make_visit

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]
TYPED = {"matter": "printer", "words": "elle clignote", "call_back": "03 53 01 04 00"}
TUESDAY = dt.date(2026, 11, 24)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Clock:
    settings.ESCALE_TODAY = None
    clock = Clock()
    clock.go("2026-11-24", "15:00")
    monkeypatch.setattr("django.utils.timezone.now", clock)
    return clock


@pytest.fixture(autouse=True)
def _camille_logs_in(cast: Cast) -> None:
    cast.camille.user = cast.mediator
    cast.camille.save()


def asked(cast: Cast, matter: Matter = Matter.PRINTER) -> Request:
    return ask_urgency(actor=cast.desk, commune=cast.oisy, matter=matter, call_back="03 53 01 04 00")


def text_of(client: Client, path: str) -> str:
    return plain(client.get(path))


def test_a_desk_describes_what_does_not_work_and_sees_what_happens(cast: Cast, logged_in: LogIn) -> None:
    record_mairie(actor=cast.coordinator, commune=cast.oisy, phone="03 53 01 04 00")
    client = logged_in(cast.desk)
    before = text_of(client, "/mairie/urgence/")

    answer = plain(client.post("/mairie/urgence/", TYPED, follow=True))

    assert "En ce moment : Camille" in before
    assert 'value="03 53 01 04 00"' in before
    assert "C’est transmis à Camille." in answer
    assert "elle clignote" in answer
    assert "Transmis (Camille)" in answer


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({**TYPED, "matter": ""}, "Choisir ce qui ne marche pas"),
        ({**TYPED, "call_back": "12"}, "n’est pas un numéro de téléphone"),
        ({**TYPED, "words": "mot de passe azerty"}, "nous ne les gardons pas"),
    ],
)
def test_what_is_badly_written_is_told_beside_its_field(typed: dict[str, str], said: str, cast: Cast, logged_in: LogIn) -> None:
    answer = logged_in(cast.desk).post("/mairie/urgence/", typed)

    assert said in plain(answer)
    assert not Request.objects.exists()


def test_a_double_click_asks_once(cast: Cast, logged_in: LogIn) -> None:
    client = logged_in(cast.desk)
    key = "5f3c3c52-6a1f-4d6e-9f52-0f6f6c1f0b01"

    for _ in range(2):
        client.post("/mairie/urgence/", {**TYPED, "key": key})

    assert Request.objects.count() == 1


def test_in_a_hall_the_promise_is_an_answer_within_the_half_day(cast: Cast, logged_in: LogIn) -> None:
    make_visit(cast, cast.denain, TUESDAY, "PM")

    assert "une réponse dans la demi-journée" in text_of(logged_in(cast.desk), "/mairie/urgence/")


def test_outside_the_hours_the_page_says_when(cast: Cast, logged_in: LogIn, clock: Clock) -> None:
    clock.go("2026-11-24", "17:30")

    assert "Prochaine astreinte : mercredi 25 novembre 2026 après-midi" in text_of(logged_in(cast.desk), "/mairie/urgence/")


def test_a_desk_takes_back_what_works_again(cast: Cast, logged_in: LogIn) -> None:
    row = asked(cast)
    client = logged_in(cast.desk)

    client.post(f"/mairie/urgence/{row.pk}/retirer/")

    assert "Retirée par la mairie" in text_of(client, "/mairie/urgence/")


def test_the_request_of_another_commune_is_not_there(cast: Cast, logged_in: LogIn) -> None:
    row = ask_urgency(actor=cast.coordinator, commune=cast.denain, matter=Matter.MAIL, call_back="03 53 01 04 00")
    client = logged_in(cast.desk)

    assert client.post(f"/mairie/urgence/{row.pk}/retirer/").status_code == 404
    assert "messagerie" not in text_of(client, "/mairie/urgence/").split("<form")[0]


@pytest.mark.parametrize(("who", "start"), [("mediator", "/terrain/urgences/"), ("coordinator", "/pilotage/service/urgences/")])
def test_the_team_answers_solves_and_closes(who: str, start: str, cast: Cast, logged_in: LogIn) -> None:
    row = asked(cast)
    client = logged_in(getattr(cast, who))
    page = f"{start}{row.pk}/"

    assert f'href="{page}"' in text_of(client, start)
    assert 'href="tel:0353010400"' in text_of(client, page)
    for deed in ("repondre", "resoudre"):
        client.post(f"{page}{deed}/")
    answer = plain(client.post(f"{page}clore/", {"word": "Pilote réinstallé."}, follow=True))

    assert "Pilote réinstallé." in answer
    assert "Pilote réinstallé." in text_of(logged_in(cast.desk), "/mairie/urgence/")
    assert Request.objects.get().state == "closed"


def test_what_is_turned_away_says_who_else_can(cast: Cast, logged_in: LogIn) -> None:
    row = asked(cast)
    client = logged_in(cast.mediator)
    page = f"/terrain/urgences/{row.pk}/confier/"

    wrong = plain(client.post(page, {"reason": "", "word": ""}))
    client.post(page, {"reason": "repair", "word": "Appeler le loueur."})

    assert "Choisir pourquoi." in wrong
    assert f'action="{page}"' in wrong
    shown = text_of(logged_in(cast.desk), "/mairie/urgence/")
    assert "Un appareil est à réparer ou à remplacer." in shown
    assert "Appeler le loueur." in shown


def test_a_step_that_somebody_did_before_is_told(cast: Cast, logged_in: LogIn) -> None:
    row = asked(cast)
    client = logged_in(cast.mediator)
    client.post(f"/terrain/urgences/{row.pk}/repondre/")

    answer = logged_in(cast.coordinator).post(f"/pilotage/service/urgences/{row.pk}/repondre/", follow=True)

    assert "recharger la page" in plain(answer)


def test_an_unknown_deed_is_not_there(cast: Cast, logged_in: LogIn) -> None:
    assert logged_in(cast.mediator).post(f"/terrain/urgences/{asked(cast).pk}/inconnu/").status_code == 404


def test_the_coordination_sees_who_is_on_call_and_the_gaps(cast: Cast, logged_in: LogIn) -> None:
    Leave.objects.create(mediator=cast.camille, starts=dt.date(2026, 11, 25), ends=dt.date(2026, 11, 25))

    shown = text_of(logged_in(cast.coordinator), "/pilotage/service/urgences/")

    assert "1 demi-journée sans personne à appeler" in shown
    assert shown.count('data-label="Ensuite"') == 13


@pytest.mark.parametrize(
    ("who", "path"),
    [("desk", "/mairie/urgence/"), ("mediator", "/terrain/urgences/"), ("coordinator", "/pilotage/service/urgences/")],
)
def test_a_list_asks_as_much_for_one_as_for_many(who: str, path: str, cast: Cast, logged_in: LogIn) -> None:
    asked(cast)
    client = logged_in(getattr(cast, who))
    one = queries_of(client, path)
    for _ in range(15):
        asked(cast)

    assert queries_of(client, path) == one
