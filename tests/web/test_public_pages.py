"""The pages that say what the service is open for everyone, before there is anything to say and after."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from pytest_django import Settings

from escale.apps.audit.actors import SYSTEM
from escale.apps.team.models import Post
from escale.apps.territory.models import Commune, Setting
from tests.apps.workshops.service import register
from tests.web.cast import Cast
from tests.web.reading import plain
from tests.web.workshops.world import make_workshop

pytestmark = pytest.mark.django_db
PAGES = ("/", "/ateliers/", "/ce-que-nous-faisons/", "/vos-donnees/", "/mentions-legales/", "/en/")


def page(path: str) -> str:
    return plain(Client().get(path))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_before_there_is_any_service(path: str) -> None:
    assert Client().get(path).status_code == 200


@pytest.mark.parametrize("path", [*PAGES, "/communes/oisy/", "/communes/oisy/dates/"])
def test_a_public_page_sets_no_cookie_and_may_be_kept(cast: Cast, path: str) -> None:
    answer = Client().get(path)

    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_the_english_page_says_its_language(cast: Cast) -> None:
    assert '<html lang="en">' in page("/en/")


def test_your_data_name_whom_to_write_to_and_how_long_things_are_kept(cast: Cast) -> None:
    Setting.objects.create(epci=cast.epci, key="DATA_CONTACT", value="donnees@exemple.fr")

    shown = page("/vos-donnees/")

    assert "Écrivez à : donnees@exemple.fr" in shown
    assert "90 jours après le rendez-vous" in shown


def test_every_length_of_time_of_your_data_is_the_one_that_is_applied(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    applied = ("CONTACT_DAYS", "PERSON_MONTHS", "MESSAGE_DAYS", "REGISTER_YEARS", "ANSWER_MONTHS")
    for number, name in enumerate(applied, start=31):
        monkeypatch.setattr(f"escale.web.public.pages.{name}", number)
    monkeypatch.setattr("escale.web.public.pages.LONGEST", dt.timedelta(days=41))
    settings.AUDIT_MONTHS = 51

    # A length in words (« un an », « quelques jours ») would be found too; « à jour » is none.
    told = set(re.findall(r"(?!à\b)(\d+|\w+)\s(jours?|mois|ans?|heures?)\b", page("/vos-donnees/").partition("<main")[2]))

    lengths = "31 jours, 32 mois, 33 jours, 34 ans, 35 mois, 42 jours, 51 mois"
    assert told == {tuple(length.split()) for length in lengths.split(", ")}


def test_a_site_of_several_epcis_can_be_narrowed_to_one(cast: Cast) -> None:
    other = type(cast.epci).objects.create(siren="200068500", name="Ailleurs")

    assert "Ailleurs" in page("/mentions-legales/")
    assert "Ailleurs" not in page(f"/mentions-legales/?epci={cast.epci.siren}")
    assert other.name in page(f"/mentions-legales/?epci={other.siren}")


def test_a_workshop_says_how_many_places_are_left_and_never_who_comes(cast: Cast) -> None:
    workshop = make_workshop(cast.epci, cast.oisy, Post.objects.get())
    person = register(SYSTEM, workshop, cast.oisy)

    shown = page("/ateliers/")

    assert f"{workshop.places - 1} places libres" in shown
    assert workshop.title in shown
    assert person.first_name not in shown


def square(west: float, south: float) -> dict[str, object]:
    """Return a square of a tenth of a degree."""
    points = [[west, south], [west + 0.1, south], [west + 0.1, south + 0.1], [west, south + 0.1], [west, south]]
    return {"type": "Polygon", "coordinates": [points]}


def test_the_map_draws_outlines_when_they_are_known_and_points_when_not(cast: Cast) -> None:
    Commune.objects.filter(pk=cast.oisy.pk).update(latitude=50.36, longitude=3.43, outline=square(3.4, 50.3))
    Commune.objects.filter(pk=cast.denain.pk).update(latitude=50.33, longitude=3.39)

    shown = page("/")

    assert shown.count('class="land') == 1
    assert shown.count('class="dot') == 1
    assert shown.index('id="communes"') < shown.index('<figure class="map">')


def test_no_map_is_drawn_when_nothing_says_where_the_communes_are(cast: Cast) -> None:
    assert "<figure" not in page("/")


def test_what_is_drawn_stays_inside_the_map(cast: Cast) -> None:
    Commune.objects.filter(pk=cast.oisy.pk).update(outline=square(3.4, 50.3))
    Commune.objects.filter(pk=cast.denain.pk).update(outline=square(3.6, 50.1))

    paths = re.findall(r'd="M([^"]+)Z"', page("/"))

    numbers = [tuple(map(int, point.split())) for path in paths for point in path.split("L")]
    assert len(paths) == 2
    assert all(0 <= x <= 640 and 0 <= y <= 900 for x, y in numbers)


def test_the_legal_notice_names_who_publishes_and_who_hosts(cast: Cast) -> None:
    Setting.objects.create(epci=cast.epci, key="SITE_PUBLISHER", value="Rose Exemple, présidente")
    Setting.objects.create(epci=cast.epci, key="SITE_HOST", value="Hôte, 1 rue Haute, 03 53 01 00 00")

    shown = page("/mentions-legales/")

    assert "Rose Exemple, présidente" in shown
    assert "Hôte, 1 rue Haute" in shown


def test_a_printed_page_tells_where_it_is_found(cast: Cast, settings: Settings) -> None:
    settings.ADDRESS = "https://aide.exemple.fr/"

    assert "<strong>aide.exemple.fr/communes/oisy</strong>" in page("/communes/oisy/")
