"""The other files, and how all of them are answered: to anyone, from any site, without a word about persons."""

from __future__ import annotations

import datetime as dt
import html
import json

import pytest
from django.test import Client
from pytest_django import Settings

from escale.apps.territory.models import Epci, Premises, Room
from escale.apps.visits.models import Visit
from tests.apps.conventions.paper import in_force, written
from tests.web.cast import Cast, make_commune
from tests.web.counting import queries_of
from tests.web.opendata.world import SIREN, fetched, rows, tour_of_oisy
from tests.web.visiting import TODAY, day, make_visit

pytestmark = pytest.mark.django_db
NAMES = ("lieux.csv", "passages.csv", "passages.geojson", "conventions.csv", "data-inclusion.json")
FILES = [f"/donnees/{name}" for name in NAMES]


@pytest.fixture(autouse=True)
def _frozen(settings: Settings) -> None:
    settings.ESCALE_TODAY = TODAY


def shown(path: str = "/donnees/") -> str:
    return " ".join(html.unescape(fetched(path)).replace("\u202f", " ").replace("\u00a0", " ").split())


def test_a_moved_visit_keeps_its_name_and_says_where_it_stood(cast: Cast) -> None:
    moved = make_visit(cast, cast.oisy, day(12, 23), "PM", origin=(day(12, 9), "AM"))
    make_visit(cast, cast.denain, day(1, 5, 2027), state="refused")

    first, second = rows("/donnees/passages.csv")

    assert (first["id"], first["version"]) == (str(moved.uid), "1")
    assert (first["debut"], first["fin"]) == ("2026-12-23T14:00:00+01:00", "2026-12-23T17:00:00+01:00")
    assert (first["sans_rdv_fin"], first["rdv_debut"]) == ("16:00", "16:00")
    assert (first["date_initiale"], first["demi_journee_initiale"]) == ("2026-12-09", "matin")
    assert (first["etat"], second["etat"], second["lieu"], second["latitude"]) == ("prévu", "annulé", "", "")


def test_a_visit_and_its_place_bear_the_same_name_in_both_files(cast: Cast) -> None:
    tour_of_oisy(cast)

    assert {row["lieu_id"] for row in rows("/donnees/passages.csv")} == {row["id"] for row in rows("/donnees/lieux.csv")}


def test_a_point_is_where_the_hall_is_else_the_commune_else_nowhere(cast: Cast) -> None:
    tour_of_oisy(cast)
    make_visit(cast, cast.denain, day(12, 16))
    commune, nowhere = json.loads(fetched("/donnees/passages.geojson"))["features"][:2]
    Premises.objects.update(latitude=50.1, longitude=3.2)
    hall = json.loads(fetched("/donnees/passages.geojson"))["features"][0]

    assert commune["geometry"] == {"type": "Point", "coordinates": [3.43, 50.36]}
    assert commune["properties"]["precision"] == "commune"
    assert (hall["geometry"]["coordinates"], hall["properties"]["precision"]) == ([3.2, 50.1], "lieu")
    assert nowhere["geometry"] is None
    assert nowhere["properties"]["commune"] == "Denain"


def test_a_convention_tells_its_acts_and_where_it_stands(cast: Cast) -> None:
    in_force(cast.epci, cast.oisy)
    written(cast.epci, cast.denain).save()

    (line,) = rows("/donnees/conventions.csv")

    expected = {
        "code_insee": "59446",
        "deliberation_commune": "2025-07",
        "deliberation_epci": "B25/014",
        "deliberation_epci_date": "2025-02-24",
        "signature": "2025-03-10",
        "prise_effet": "2025-03-17",
        "etat": "en vigueur",
        "reconduction": "1",
        "fin": "",
        "avenants": "0",
    }
    assert {name: line[name] for name in expected} == expected
    assert (line["periode_debut"], line["periode_fin"]) == ("2026-07-01", "2027-06-30")


def test_no_cell_is_a_formula(cast: Cast) -> None:
    tour_of_oisy(cast)
    Premises.objects.update(name="=1+1", address="@rue, 59195 Oisy")
    Room.objects.update(name="+cmd|' /C calc'!A0")
    Epci.objects.update(name="-Hainaut")
    in_force(cast.epci, cast.oisy)

    cells = [cell for name in NAMES if name.endswith("csv") for row in rows(f"/donnees/{name}") for cell in row.values()]

    assert "'=1+1 d’Oisy" in cells
    # A telephone and a number are what they are.
    assert [cell for cell in cells if cell[:1] in "=+-@" and cell and not cell[1:].replace(".", "").isdigit()] == []


def test_any_site_may_fetch_a_file_and_ask_whether_it_changed(cast: Cast) -> None:
    tour_of_oisy(cast)
    for path in (*FILES, "/donnees/conventions.schema.json"):
        first = Client().get(path)
        again = Client().get(path, headers={"If-None-Match": first.headers["ETag"]})

        for response in (first, again):
            assert response.headers["Access-Control-Allow-Origin"] == "*", path
            assert response.headers["Cache-Control"] == "public, max-age=300", path
        assert (first.status_code, again.status_code) == (200, 304), path
        assert not first.cookies, path
        assert Client().post(path).status_code == 405, path


def test_before_any_publication_the_files_have_their_first_line_and_the_page_says_so(cast: Cast) -> None:
    for path in (path for path in FILES if path.endswith(".csv")):
        assert len(fetched(path).splitlines()) == 1
    assert json.loads(fetched("/donnees/data-inclusion.json")) == {"structures": [], "services": []}
    assert json.loads(fetched("/donnees/passages.geojson"))["features"] == []
    assert "Rien n’est encore publié" in shown()


def test_an_installation_without_an_epci_answers_too(db: None) -> None:
    assert all(Client().get(path).status_code == 200 for path in (*FILES, "/donnees/"))


def test_one_file_holds_every_epci_and_a_siren_narrows_it(cast: Cast) -> None:
    tour_of_oisy(cast)
    other = Epci.objects.create(siren="200068500", name="Caux Seine Agglo")
    there = make_commune(other, "76384", "Lillebonne")
    visit = make_visit(cast, there, day(12, 15))
    Visit.objects.filter(pk=visit.pk).update(epci=other)

    assert {row["siren_epci"] for row in rows("/donnees/passages.csv")} == {SIREN, "200068500"}
    assert {row["commune"] for row in rows("/donnees/passages.csv?epci=200068500")} == {"Lillebonne"}
    assert "/donnees/passages.csv?epci=200068500" in shown("/donnees/?epci=200068500")
    assert "Caux Seine Agglo" in shown()


def test_an_unknown_epci_is_a_404(cast: Cast) -> None:
    asked = [(path, siren) for path in (*FILES, "/donnees/") for siren in ("200068500", "x", "200042190 OR 1=1")]

    assert {Client().get(path, {"epci": siren}).status_code for path, siren in asked} == {404}


def test_the_page_explains_every_column_its_licence_and_its_date(cast: Cast) -> None:
    tour_of_oisy(cast)
    in_force(cast.epci, cast.oisy)
    Visit.objects.update(changed_at=dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC))

    page = shown()

    assert "Licence Ouverte 2.0" in page
    assert "vendredi 20 novembre 2026" in page
    assert "7 passages." in page
    columns = [name for path in FILES if path.endswith(".csv") for name in fetched(path).splitlines()[0].split(",")]
    assert [name for name in columns if name not in page] == []


def test_nobody_is_named(cast: Cast) -> None:
    tour_of_oisy(cast)
    make_visit(cast, cast.oisy, day(11, 30), state="cancelled")
    Visit.objects.update(reason="Absence de Camille Exemple")
    in_force(cast.epci, cast.oisy)

    said = "".join(fetched(path) for path in (*FILES, "/donnees/"))

    assert [name for name in ("Camille", "Rose", "Absence", "accueil@", "03 53 01 00 21") if name in said] == []


def test_a_file_asks_as_much_of_the_database_for_one_commune_as_for_many(cast: Cast) -> None:
    paths = (*FILES, "/donnees/")
    tour_of_oisy(cast)
    in_force(cast.epci, cast.oisy)
    fetched("/donnees/")
    few = {path: queries_of(Client(), path) for path in paths}
    for number in range(6):
        commune = make_commune(cast.epci, f"5900{number}", f"Village{number}")
        commune.postal_codes = ["59195"]
        commune.save()
        Premises.objects.create(commune=commune, name="Mairie", address="1 rue")
        make_visit(cast, commune, day(12, 1 + number))
        written(cast.epci, commune, notified_on="2025-03-17").save()

    assert len(rows("/donnees/lieux.csv")) == len(rows("/donnees/conventions.csv")) == 7
    assert {path: queries_of(Client(), path) for path in paths} == few
