"""The calculator: sentences, a line with stops, the four rules side by side; whatever is wrong is told beside its field."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from escale.apps.accounts.models import User
from tests.web.cast import Cast
from tests.web.counting import queries_of

PAGE = "/pilotage/conventions/calculateur/"
NOTIFIED = {"notified": "2025-03-17"}
LETTER = {**NOTIFIED, "on": "2026-05-20", "sent": "2026-04-29", "presented": "2026-04-30"}


@pytest.fixture(autouse=True)
def _frozen_day(settings: Settings) -> None:
    settings.ESCALE_TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def client(cast: Cast, logged_in: Callable[[User], Client]) -> Client:
    return logged_in(cast.lawyer)


def shown(client: Client, **asked: str) -> str:
    """Return what the page says, on one line."""
    response = client.get(PAGE, asked)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", html.unescape(response.content.decode()))


def test_the_page_asks_before_it_answers(client: Client) -> None:
    text = shown(client)

    assert "<h1>Calculateur des délais</h1>" in text
    assert "Rien n’est enregistré" in text
    assert 'class="life life-across"' not in text
    assert 'role="alert"' not in text


def test_the_period_of_today_is_told_when_no_day_is_given(client: Client) -> None:
    text = shown(client, **NOTIFIED)

    assert "Le dimanche 22 novembre 2026, la convention notifiée le 17 mars 2025 est en vigueur : 1re reconduction" in text
    assert "au plus tard le vendredi 30 avril 2027, ce jour compris" in text
    assert "La poster au plus tard le vendredi 9 avril 2027" in text


def test_the_line_shows_what_is_past_the_day_and_what_comes(client: Client) -> None:
    text = shown(client, **NOTIFIED, on="2027-01-15")

    line = text[text.index('class="life life-across"') : text.index("</ol>")]
    days = re.findall(r'datetime="([\d-]+)"', line)
    assert days == [
        "2025-03-17", "2026-07-01", "2027-01-15", "2027-04-09", "2027-04-30", "2027-06-30", "2028-06-30", "2029-06-30",
    ]  # fmt: skip
    assert line.count("life-past") == 2
    assert line.count("life-now") == 1


def test_a_denunciation_is_judged_under_the_four_rules(client: Client) -> None:
    text = shown(client, **LETTER, delivered="2026-05-05")

    assert '<span class="pill soon">Contestable</span>' in text
    assert "par sa phrase de repli, la convention s’arrête le 30 juin 2027" in text
    assert text.count('<span class="pill late">Notifiée le 5 mai 2026 : trop tard</span>') == 2
    assert text.count("dans les délais</span>") == 2
    assert text.count("règle retenue") == 1
    assert "<span>Fin de la convention</span>" in text


def test_a_letter_never_claimed_counts_from_its_presentation(client: Client) -> None:
    text = shown(client, **LETTER, returned="NON_RECLAMEE")

    assert "elle a effet : la convention s’arrête le 30 juin 2026" in text


def test_an_email_has_no_effect_and_needs_no_other_date(client: Client) -> None:
    text = shown(client, **NOTIFIED, channel="COURRIEL", sent="2026-01-05")

    assert "Sans effet, faute de la forme voulue" in text
    assert "une dénonciation par courriel est sans effet" in text
    assert 'class="rules"' not in text


def test_a_letter_without_its_fallback_is_followed_by_a_renewal(client: Client) -> None:
    text = shown(client, **LETTER, delivered="2026-05-05", not_stated="on")

    assert "la convention est reconduite, au moins jusqu’au 30 juin 2027" in text
    assert "Fin de la convention" not in text


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"on": "2026-01-01"}, "Donner la date de notification."),
        ({"notified": "17 mars"}, "Cette date n’existe pas"),
        ({"notified": "9999-12-31"}, "Cette date est trop loin"),
        ({"notified": "2026-07-06"}, "faire délibérer un nouveau terme"),
        ({**NOTIFIED, "presented": "2026-04-30"}, "Donner la date d’envoi"),
        (LETTER, "Cette lettre est encore en chemin"),
        ({**LETTER, "delivered": "2026-04-29"}, "avant sa première présentation"),
        ({**LETTER, "delivered": "2026-05-05", "term": "2026-07-01"}, "le prochain terme est le 30 juin 2026"),
        ({**NOTIFIED, "channel": "PIGEON"}, "Choisir dans la liste."),
        ({"nothing": "1"}, "Donner la date de notification."),
    ],
)
def test_a_date_that_does_not_fit_is_refused_beside_its_field(client: Client, asked: dict[str, str], told: str) -> None:
    text = shown(client, **asked)

    assert re.search(rf'class="field-error">.*?{told}', text)
    assert 'class="life life-across"' not in text


def test_a_convention_that_is_not_yet_in_force_is_told_so(client: Client) -> None:
    text = shown(client, notified="2026-06-01", on="2026-05-20")

    assert "elle prend effet à sa notification, le 1er juin 2026" in text


def test_the_calculator_is_reached_from_the_pages_of_the_conventions(client: Client, cast: Cast) -> None:
    assert f'href="{PAGE}"' in client.get("/pilotage/conventions/").content.decode()


def test_an_answer_costs_as_many_queries_as_the_question(client: Client) -> None:
    queries_of(client, PAGE)

    assert queries_of(client, f"{PAGE}?notified=2025-03-17") <= queries_of(client, PAGE) + 1


def test_only_those_of_the_steering_reach_the_calculator(cast: Cast, logged_in: Callable[[User], Client]) -> None:
    statuses = {who: logged_in(getattr(cast, who)).get(PAGE).status_code for who in ("coordinator", "reader", "mediator", "desk")}

    assert statuses == {"coordinator": 200, "reader": 200, "mediator": 403, "desk": 403}
