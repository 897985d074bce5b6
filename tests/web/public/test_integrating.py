"""A commune pastes two lines in its site: what they read is for any site, and says what to do when there is nothing to say."""

from __future__ import annotations

import datetime as dt
import html
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from escale.apps.schedule.models import Participation, Standing
from escale.apps.territory.models import Commune, Mairie, Premises, Room
from tests.web.cast import Cast
from tests.web.visiting import TODAY, day, make_visit

pytestmark = pytest.mark.django_db
DATES = "/communes/oisy/dates.json"
WHEN = "mercredi 23 décembre 2026, 14\u202fh – 17\u202fh"
LIGHT = 2000
"""Bytes of the script at most."""


@pytest.fixture(autouse=True)
def _frozen(settings: Settings) -> None:
    settings.ESCALE_TODAY = TODAY
    settings.ADDRESS = "https://aide.exemple.fr"


def told(path: str = DATES, status: int = HTTPStatus.OK) -> dict[str, Any]:
    response = Client().get(path)
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert not response.cookies
    found: dict[str, Any] = response.json()
    return found


def test_the_dates_are_told_in_words_and_in_figures(cast: Cast) -> None:
    Mairie.objects.create(commune=cast.oisy, phone="03 53 01 00 10", phone_hours="lundi")
    visit = make_visit(cast, cast.oisy, day(12, 23), "PM", origin=(day(12, 9), "AM"))
    make_visit(cast, cast.oisy, day(12, 2), state="cancelled")
    make_visit(cast, cast.oisy, day(1, 27, 2027))

    found = told()

    assert found["prochains"][0] == {
        "id": str(visit.uid),
        "date": "2026-12-23",
        "debut": "14:00",
        "fin": "17:00",
        "quand": WHEN,
        "ou": "Mairie, Salle du conseil, 12 rue de l’Église",
        "deplace": True,
    }
    assert [each["date"] for each in found["prochains"]] == ["2026-12-23", "2027-01-27"]
    assert found["changements"] == [
        "Annulé : personne ne vient à Oisy le mercredi 2 décembre 2026.",
        f"La date a changé à Oisy : {WHEN}. Ce n’est plus mercredi 9 décembre 2026, matin.",
    ]
    assert (found["telephone"], found["message"]) == ("03 53 01 00 10", "")
    assert found["page"] == "https://aide.exemple.fr/communes/oisy/"


def test_without_a_date_it_says_whom_to_ask(cast: Cast) -> None:
    assert told()["message"] == "Pas encore de date à Oisy. La mairie vous dira où trouver de l’aide."

    over = dt.date(2026, 10, 31)
    Participation.objects.create(
        epci=cast.epci, commune=cast.oisy, standing=Standing.FIRM.value, starts=dt.date(2025, 1, 1), ends=over
    )

    assert told()["message"] == (
        "Nous ne venons plus à Oisy depuis le 31 octobre 2026. La mairie vous dira où trouver de l’aide."
    )


def test_an_unknown_commune_is_told_to_any_site_too(cast: Cast) -> None:
    assert told("/communes/nulle-part/dates.json", HTTPStatus.NOT_FOUND) == {
        "erreur": "Aucune commune de ce nom n’est servie ici."
    }


@pytest.mark.parametrize(
    "file", ["dates.json", "a-coller/", "affiche.pdf?format=a3", "calendrier-de-poche.pdf", "agenda.ics", "dates.rss", "dates/"]
)
def test_an_insee_code_leads_to_what_was_asked_of_the_commune(cast: Cast, file: str) -> None:
    answer = Client().get(f"/communes/59446/{file}")

    assert answer.headers["Location"] == f"/communes/oisy/{file}"


def test_the_page_shows_what_to_paste(cast: Cast) -> None:
    shown = Client().get("/communes/oisy/a-coller/").content.decode()

    code = shown.split("<textarea", 1)[1].split(">", 1)[1].split("</textarea>", 1)[0]
    assert html.unescape(code) == (
        '<p><a href="https://aide.exemple.fr/communes/oisy/">Rendez-vous numériques à Oisy : prochaines dates</a></p>\n'
        '<script async src="https://aide.exemple.fr/integration.js" data-commune="oisy"></script>'
    )
    assert "ajoutez <code>https://aide.exemple.fr</code>" in shown


def test_the_script_is_small_and_any_site_may_load_it(cast: Cast) -> None:
    answer = Client().get("/integration.js")

    assert len(answer.content) < LIGHT
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    again = Client().get("/integration.js", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.headers["Access-Control-Allow-Origin"]) == (HTTPStatus.NOT_MODIFIED, "*")


def test_a_script_in_any_field_is_shown_as_text(cast: Cast) -> None:
    evil = "<script>alert(1)</script>"
    Commune.objects.filter(pk=cast.oisy.pk).update(name=evil)
    Premises.objects.update(name=evil, address=evil)
    Room.objects.update(name=evil)
    make_visit(cast, cast.oisy, day(12, 23))

    assert told()["prochains"][0]["ou"] == f"{evil}, {evil}, {evil}"
    assert evil not in Client().get("/communes/oisy/a-coller/").content.decode()
