"""The calendar of the territory on screen: closed days, school holidays, fragile dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Protocol

import pytest
from django.test import Client
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.territory.actions import set_setting
from escale.apps.territory.models import SchoolHoliday, TerritoryClosure
from escale.apps.visits.models import Visit
from tests.web.cast import Cast
from tests.web.counting import queries_of
from tests.web.reading import plain

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]
CALENDAR = "/pilotage/tournee/calendrier/"
ELECTIONS = {"reason": "Élections", "other": "", "starts": "2027-04-09", "ends": "2027-04-13"}


class Answer(Protocol):
    @property
    def content(self) -> bytes: ...


def text(response: Answer) -> str:
    return plain(response)


@pytest.fixture(autouse=True)
def _frozen_day(settings: Settings) -> None:
    settings.ESCALE_TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def client(cast: Cast, logged_in: LogIn) -> Client:
    set_setting(actor=SYSTEM, epci=cast.epci, key="SCHOOL_ZONE", value="B")
    return logged_in(cast.coordinator)


def test_an_empty_calendar_says_how_to_begin(client: Client) -> None:
    shown = text(client.get(CALENDAR))

    assert "Le calendrier de 2027" in shown
    assert "Aucun jour n’est fermé en 2027." in shown
    assert "Aucune période de vacances n’est notée en 2027." in shown
    assert "Pont de l’Ascension" in shown, "the bridge needs no list"


def test_days_are_closed_for_the_whole_territory(client: Client) -> None:
    response = client.post(f"{CALENDAR}fermetures/nouvelle/", ELECTIONS, follow=True)

    assert "Élections : aucune salle du 9 avril 2027 au 13 avril 2027." in text(response)
    assert TerritoryClosure.objects.get().ends == dt.date(2027, 4, 13)


def test_visits_that_are_promised_on_closed_days_are_counted(client: Client, cast: Cast) -> None:
    post = cast.camille.occupancies.get().post
    day = dt.date(2027, 4, 9)
    Visit.objects.create(
        epci=cast.epci, commune=cast.oisy, post=post, date=day, half="AM", for_month="2027-04", origin_date=day, origin_half="AM"
    )

    response = client.post(f"{CALENDAR}fermetures/nouvelle/", ELECTIONS, follow=True)

    assert "1 passage publié tombe sur ces jours" in text(response)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"reason": ""}, "Choisir un motif."),
        ({"reason": "other"}, "Écrire le motif en quelques mots."),
        ({"reason": "Grève"}, "Choisir un motif de la liste."),
        ({"starts": ""}, "Donner le premier jour."),
        ({"starts": "31/02/2027"}, "Cette date n’existe pas"),
        ({"ends": "2027-04-01"}, "Le dernier jour est avant le premier"),
        ({"ends": "2072-04-13"}, "il y a plus d’un an"),
    ],
)
def test_a_closure_that_is_badly_written_is_refused_beside_its_field(client: Client, change: dict[str, str], told: str) -> None:
    response = client.post(f"{CALENDAR}fermetures/nouvelle/", {**ELECTIONS, **change})

    assert told in text(response)
    assert not TerritoryClosure.objects.exists()


def test_a_closure_is_corrected_then_taken_back(client: Client) -> None:
    client.post(f"{CALENDAR}fermetures/nouvelle/", {**ELECTIONS, "reason": "other", "other": "Carnaval"})
    page = f"{CALENDAR}fermetures/{TerritoryClosure.objects.get().pk}/"
    assert 'value="Carnaval"' in text(client.get(page))

    client.post(page, ELECTIONS)
    assert TerritoryClosure.objects.get().reason == "Élections"

    response = client.post(page, {"remove": "1"}, follow=True)
    assert "Élections : ces jours sont de nouveau libres." in text(response)
    assert not TerritoryClosure.objects.exists()
    assert client.get(page).status_code == 404


def test_the_official_holidays_of_a_year_are_added_with_their_source(client: Client) -> None:
    response = client.post(f"{CALENDAR}vacances/officielles/2027/", follow=True)

    shown = text(response)
    assert "7 périodes de vacances ajoutées." in shown
    assert "Vacances d’hiver</strong> : du 20 février 2027 au 7 mars 2027" in shown
    assert "Source : vacances-scolaires-france" in shown
    assert "les dates connues s’arrêtent le" in shown
    again = client.post(f"{CALENDAR}vacances/officielles/2027/", follow=True)
    assert "Les vacances connues de 2027 étaient déjà là." in text(again)


def test_the_page_says_where_the_official_dates_end(client: Client) -> None:
    assert "s’arrêtent le 31 août 2028 : la fin de 2028 manque encore." in text(client.get(CALENDAR, {"annee": "2028"}))
    assert "rien n’est encore fourni pour 2029." in text(client.get(CALENDAR, {"annee": "2029"}))

    response = client.post(f"{CALENDAR}vacances/officielles/2029/", follow=True)

    assert "Les dates connues s’arrêtent le 31 août 2028 ; ajouter les suivantes à la main" in text(response)
    assert not SchoolHoliday.objects.exists()


def test_holidays_are_added_corrected_and_removed_by_hand(client: Client) -> None:
    winter = {"name": "Vacances d’hiver", "starts": "2029-02-10", "ends": "2029-02-25"}
    client.post(f"{CALENDAR}vacances/nouvelles/", winter)
    page = f"{CALENDAR}vacances/{SchoolHoliday.objects.get().pk}/"

    client.post(page, {**winter, "ends": "2029-02-26"})
    shown = text(client.get(CALENDAR, {"annee": "2029"}))
    assert "du 10 février 2029 au 26 février 2029" in shown
    assert "Source : saisi par la coordination" in shown

    twice = client.post(f"{CALENDAR}vacances/nouvelles/", winter)
    assert "Ces vacances sont déjà dans la liste." in text(twice)

    client.post(page, {"remove": "1"})
    assert not SchoolHoliday.objects.exists()


def test_without_a_zone_the_page_asks_for_it(cast: Cast, logged_in: LogIn) -> None:
    client = logged_in(cast.coordinator)
    assert "Choisir la zone" in text(client.get(CALENDAR))

    nothing = client.post(f"{CALENDAR}zone/", {"zone": ""}, follow=True)
    assert "Choisir une zone." in text(nothing)
    unseeded = client.post(f"{CALENDAR}vacances/officielles/2027/", follow=True)
    assert "la choisir d’abord" in text(unseeded)

    chosen = client.post(f"{CALENDAR}zone/", {"zone": "B"}, follow=True)
    assert "C’est noté : zone B." in text(chosen)
    assert "Vacances scolaires, zone B" in text(chosen)


@pytest.mark.parametrize(("asked", "told"), [("abc", "n’est pas une année"), ("1", "trop loin"), ("99999999999999", "trop loin")])
def test_a_year_that_is_none_is_refused_kindly(client: Client, asked: str, told: str) -> None:
    shown = text(client.get(CALENDAR, {"annee": asked}))

    assert told in shown
    assert "Le calendrier de 2027" in shown


def test_a_week_of_holidays_is_one_line_whatever_the_weekend(client: Client) -> None:
    client.post(f"{CALENDAR}vacances/officielles/2027/")

    shown = text(client.get(CALENDAR))

    assert "Vacances d’hiver</strong> : du 23 février 2027 au 5 mars 2027" in " ".join(shown.split())
    assert "(8 jours de service)" in shown


def test_the_calendar_costs_as_many_queries_with_fifty_closures(client: Client, cast: Cast) -> None:
    few = queries_of(client, CALENDAR)

    for number in range(50):
        day = dt.date(2027, 1, 5) + dt.timedelta(days=number)
        TerritoryClosure.objects.create(epci=cast.epci, reason="Élections", starts=day, ends=day)
        SchoolHoliday.objects.create(epci=cast.epci, name="Vacances", source="essai", starts=day, ends=day)

    assert queries_of(client, CALENDAR) == few


def test_only_the_coordinator_reaches_the_calendar(cast: Cast, logged_in: LogIn) -> None:
    for user in (cast.lawyer, cast.reader, cast.referent, cast.mediator):
        assert logged_in(user).get(CALENDAR).status_code == 403
        assert logged_in(user).post(f"{CALENDAR}vacances/officielles/2027/").status_code == 403
        assert logged_in(user).post(f"{CALENDAR}zone/", {"zone": "A"}).status_code == 403
