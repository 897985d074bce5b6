"""The places of the tour, as the national map reads them."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.utils import timezone
from pytest_django import Settings

from escale.apps.audit.actors import SYSTEM
from escale.apps.team.models import StructureHabilitation
from escale.apps.territory.actions import record_mairie
from escale.apps.territory.models import Mairie, Premises, Setting
from escale.web.opendata.addresses import Address, international, read_address
from tests.web.cast import Cast
from tests.web.opendata.world import SIREN, fetched, hall, rows, tour_of_oisy
from tests.web.visiting import TODAY, day, make_visit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _frozen(settings: Settings) -> None:
    settings.ESCALE_TODAY = TODAY


def test_a_place_says_where_it_is_when_it_opens_and_whom_to_call(cast: Cast) -> None:
    tour_of_oisy(cast)

    (place,) = rows("/donnees/lieux.csv")

    expected = {
        "pivot": SIREN,
        "nom": "Mairie d’Oisy",
        "commune": "Oisy",
        "code_insee": "59446",
        "code_postal": "59195",
        "adresse": "12 rue de l’Église",
        "telephone": "+33353010012",
        "horaires": "We[2] 14:00-17:00",
    }
    assert {name: place[name] for name in expected} == expected
    assert place["id"] == f"59446-{hall(cast).pk}"
    assert "9 décembre 2026, 14 h – 17 h" in place["presentation_detail"].replace("\u202f", " ")
    assert place["frais_a_charge"] == "Gratuit"
    assert place["dispositif_programmes_nationaux"] == ""


def test_the_siret_is_told_once_it_is_known_and_the_habilitation_while_it_holds(cast: Cast) -> None:
    tour_of_oisy(cast)
    Setting.objects.create(epci=cast.epci, key="EPCI_SIRET", value="20004219000013")
    StructureHabilitation.objects.create(epci=cast.epci, starts=dt.date(2026, 1, 1))

    (place,) = rows("/donnees/lieux.csv")

    assert place["pivot"] == "20004219000013"
    assert place["dispositif_programmes_nationaux"] == "Aidants Connect"


def test_a_commune_that_keeps_its_days_to_itself_says_so(cast: Cast) -> None:
    tour_of_oisy(cast)
    zones = [service["zone_eligibilite"] for service in json.loads(fetched("/donnees/data-inclusion.json"))["services"]]
    assert zones == [[SIREN]]

    Mairie.objects.update(welcomes_neighbours=False)

    assert rows("/donnees/lieux.csv")[0]["presentation_resume"].endswith("Pour les habitants d’Oisy.")
    (service,) = json.loads(fetched("/donnees/data-inclusion.json"))["services"]
    assert service["zone_eligibilite"] == ["59446"]


def test_a_place_is_of_the_day_when_the_number_of_its_mairie_changed(cast: Cast) -> None:
    tour_of_oisy(cast)
    [before] = rows("/donnees/lieux.csv")

    record_mairie(actor=SYSTEM, commune=cast.oisy, phone="03 53 01 00 13", phone_hours="lundi, 9 h – 12 h")

    [after] = rows("/donnees/lieux.csv")
    assert after["telephone"] != before["telephone"]
    assert after["date_maj"] == str(timezone.localdate()) > before["date_maj"]


def test_one_date_elsewhere_in_the_month_and_no_hours_are_told(cast: Cast) -> None:
    visits = tour_of_oisy(cast)
    visits[3].date += dt.timedelta(days=1)
    visits[3].save()

    (place,) = rows("/donnees/lieux.csv")

    assert place["horaires"] == ""
    assert "11 mars 2027" in place["presentation_detail"]


def test_a_place_without_an_address_is_left_out_and_told(cast: Cast) -> None:
    tour_of_oisy(cast)
    Premises.objects.update(address="")

    assert rows("/donnees/lieux.csv") == []
    page = fetched("/donnees/")
    assert "Un lieu n’y est pas" in page
    assert "Mairie d’Oisy" in page


def test_a_place_where_nobody_comes_any_more_is_no_place_of_the_tour(cast: Cast) -> None:
    tour_of_oisy(cast)
    cast.oisy.visits.filter(date__gte=TODAY).update(state="cancelled")
    make_visit(cast, cast.oisy, day(11, 11), "PM")

    assert rows("/donnees/lieux.csv") == []


@pytest.mark.parametrize(
    ("text", "codes", "address"),
    [
        ("12 rue de l’Église", ["59195"], ("12 rue de l’Église", "59195")),
        ("12 rue de l’Église, 59195 Oisy", [], ("12 rue de l’Église", "59195")),
        ("1 place\nde la Mairie – 59135 Wallers", ["59135", "59590"], ("1 place de la Mairie", "59135")),
        ("Grand-Place", ["59135", "59590"], ("Grand-Place", "")),
        ("Rue Villars, BP 50059, 59220 Denain", [], ("Rue Villars, BP 50059", "59220")),
        ("Rue Villars BP 50059", ["59220"], ("Rue Villars BP 50059", "59220")),
        ("59195 Oisy", ["59195"], ("", "59195")),
        ("", ["59195"], ("", "59195")),
    ],
)
def test_an_address_is_read_only_without_a_doubt(text: str, codes: list[str], address: tuple[str, str]) -> None:
    assert read_address(text, codes) == Address(street=address[0], postal_code=address[1])


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("03 53 01 00 12", "+33353010012"),
        ("+33 (0)3 53 01 00 12", ""),
        ("0033353010012", "+33353010012"),
        ("0590 12 34 56", "+590590123456"),
        ("06 39 98 00 12", "+33639980012"),
        ("39 39", ""),
        ("+32 2 123 45 67", ""),
        ("", ""),
    ],
)
def test_a_telephone_is_told_as_the_schema_wants_it_or_not_at_all(text: str, number: str) -> None:
    assert international(text) == number
