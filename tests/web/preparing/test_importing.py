"""Importing the tour that exists, on screen: upload, preview, draft; nothing is written before it is asked."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Protocol

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from escale.apps.accounts.models import User
from escale.apps.documents.spreadsheets import csv_lines, xlsx_file
from escale.apps.schedule.models import AnnexedPattern, Plan, PlannedVisit, PlanOrigin, PlanState
from escale.apps.team.models import Leave
from escale.apps.territory.models import TerritoryClosure
from tests.web.cast import Cast, make_commune
from tests.web.counting import queries_of

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]
UPLOAD, PREVIEW = "/pilotage/tournee/importer/", "/pilotage/tournee/importer/apercu/"
HEADERS = "Commune;Date;Demi-journée;Médiateur"
GOOD = (
    "Oisy;05/01/2027;matin;Camille Exemple",
    "Oisy;02/02/2027;matin;Camille",
    "Denain;05/01/2027;après-midi;Poste 1",
    "la sentinelle;07/01/2027;9h-12h;Poste 1",
)


class Answer(Protocol):
    @property
    def content(self) -> bytes: ...


def text(response: Answer) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def client(service: Cast, logged_in: LogIn) -> Client:
    return logged_in(service.coordinator)


def give(client: Client, *rows: str, year: str = "2027", headers: str = HEADERS) -> Answer:
    file = SimpleUploadedFile("tournee.csv", "\n".join((headers, *rows)).encode())
    response = client.post(UPLOAD, {"file": file, "year": year}, follow=True)
    assert isinstance(response.content, bytes)
    return response


def test_what_was_understood_is_told_and_nothing_is_written(client: Client) -> None:
    shown = text(give(client, *GOOD))

    assert "4 passages peuvent être repris, pour 3 communes, de janvier 2027 à février 2027." in shown
    assert "2 passages dus ne sont pas dans le fichier" in shown
    assert "premier mardi du mois, matin" in shown
    assert "5 janv., 2 févr.</td>" in shown
    assert not Plan.objects.exists()


def test_the_draft_holds_the_visits_of_the_file(client: Client) -> None:
    give(client, *GOOD)

    response = client.post(PREVIEW, {})

    plan = Plan.objects.get()
    assert response["Location"] == f"/pilotage/tournee/{plan.number}/"
    assert (plan.origin, plan.state) == (PlanOrigin.IMPORT, PlanState.DRAFT)
    assert (plan.first_month, plan.last_month) == ("2027-01", "2027-02")
    assert plan.figures["visits"] == PlannedVisit.objects.filter(plan=plan).count() == 4
    assert not AnnexedPattern.objects.exists()
    assert client.get(PREVIEW)["Location"] == UPLOAD, "the file is not kept any longer"


def test_each_wrong_line_is_named_and_left_out_only_when_asked(client: Client) -> None:
    wrong = ("Oizy;09/03/2027;matin;Camille", "Denain;11/11/2027;matin;Camille", "Oisy;07/01/2027;PM;Camille")

    shown = text(give(client, *GOOD, *wrong))

    assert "3 lignes, ci-dessous" in shown
    assert "Ligne 6, colonne « Commune » : la commune « Oizy » n’existe pas" in shown
    assert "vouliez-vous dire Oisy ?" in shown
    assert "Ligne 7, colonne « Date » : le jeudi 11 novembre 2027 est férié" in shown
    assert "Ligne 8, colonne « Date » : Oisy a déjà un passage en janvier 2027, ligne 2" in shown

    refused = text(client.post(PREVIEW, {}))
    assert "Cocher pour les laisser de côté" in refused
    assert not Plan.objects.exists()

    client.post(PREVIEW, {"leave_out": "on"})
    plan = Plan.objects.get()
    assert plan.figures["visits"] == 4
    assert plan.note == "reprise de « tournee.csv », 3 lignes de côté"


def test_usual_days_become_agreed_ones_when_asked(client: Client, service: Cast) -> None:
    give(client, *GOOD)

    client.post(PREVIEW, {"agree": "on", "agreed_from": "2027-01-01"})

    days = {row.commune.code: f"{row.nth} {row.window}" for row in AnnexedPattern.objects.select_related("commune")}
    assert days == {"59446": "1 TUE_AM", "59172": "1 TUE_PM", "59564": "1 THU_AM"}
    assert set(AnnexedPattern.objects.values_list("starts", flat=True)) == {dt.date(2027, 1, 1)}


@pytest.mark.parametrize(
    ("starts", "told"),
    [("", "Donner le jour à partir duquel"), ("31/02/2027", "Cette date n’existe pas"), ("1990-01-01", "n’est pas dans")],
)
def test_an_agreed_day_that_cannot_be_kept_writes_nothing_at_all(client: Client, service: Cast, starts: str, told: str) -> None:
    service.oisy.memberships.update(starts=dt.date(2020, 1, 1))
    give(client, *GOOD)

    shown = text(client.post(PREVIEW, {"agree": "on", "agreed_from": starts}))

    assert told in shown
    assert not Plan.objects.exists()
    assert not AnnexedPattern.objects.exists()
    assert "4 passages peuvent être repris" in shown, "the file is still there"


def test_a_year_table_is_read_with_the_year_that_is_given(client: Client) -> None:
    shown = text(
        give(
            client,
            "Oisy;1er mardi, matin;Camille;5;2",
            "Denain;2e jeudi, après-midi;Poste 1;14;jeu 11",
            headers="Commune;Jour habituel;Médiateur;janv.;févr.",
        )
    )

    assert "4 passages peuvent être repris, pour 2 communes" in shown
    assert "premier mardi du mois, matin" in shown


def test_what_changed_since_the_preview_is_judged_again(client: Client, service: Cast) -> None:
    give(client, *GOOD)
    day = dt.date(2027, 1, 7)
    TerritoryClosure.objects.create(epci=service.epci, reason="Élections", starts=day, ends=day)

    shown = text(client.post(PREVIEW, {}))

    assert "La Sentinelle ne peut pas ouvrir de salle le jeudi 7 janvier 2027" in shown
    assert not Plan.objects.exists()


def test_a_day_on_which_nobody_works_is_told(client: Client, service: Cast) -> None:
    day = dt.date(2027, 1, 7)
    Leave.objects.create(mediator=service.camille, starts=day, ends=day)

    shown = text(give(client, *GOOD))

    assert "personne n’est présent à Poste 1 le jeudi 7 janvier 2027 : congé, absence ou poste vacant" in shown


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_exported_imports_again(client: Client, kind: str) -> None:
    columns = ("Commune", "Code INSEE", "Date", "Demi-journée", "Médiateur")
    rows = [
        ("Oisy", "59446", dt.date(2027, 1, 5), "matin", "Camille Exemple"),
        ("La Sentinelle", "59564", dt.date(2027, 1, 7), "après-midi", "Poste 1"),
    ]
    content = "".join(csv_lines(columns, rows)).encode() if kind == "csv" else xlsx_file("Tournée 2027", columns, rows)

    response = client.post(UPLOAD, {"file": SimpleUploadedFile(f"t.{kind}", content), "year": "2027"}, follow=True)

    assert "2 passages peuvent être repris" in text(response)
    assert "À corriger" not in text(response)
    assert "interprété" not in text(response)


def test_the_model_holds_the_communes_and_imports_once_filled_in(client: Client) -> None:
    response = client.get(f"{UPLOAD}modele.xlsx", {"annee": "2027"})
    assert response["Content-Disposition"] == 'attachment; filename="modele-tournee-2027.xlsx"'
    book = load_workbook(io.BytesIO(response.content))
    sheet = book.worksheets[0]
    names = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert names == ["Denain", "Oisy", "La Sentinelle"]
    sheet["C3"], sheet["D3"], sheet["E3"], sheet["G3"] = "1er mardi, matin", "Camille", 5, "mar 2"
    out = io.BytesIO()
    book.save(out)

    shown = text(client.post(UPLOAD, {"file": SimpleUploadedFile("m.xlsx", out.getvalue()), "year": "2027"}, follow=True))

    assert "2 passages peuvent être repris, pour 1 commune, de janvier 2027 à mars 2027." in shown


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "Ce fichier est vide"),
        (b"%PDF-1.7", "n’est pas un tableau"),
        (b"Nom;Age\nOisy;3", "Aucune ligne de titres"),
        (b"x" * (2 * 1024 * 1024 + 1), "dépasse 2 Mo"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_beside_its_field(client: Client, content: bytes, told: str) -> None:
    response = client.post(UPLOAD, {"file": SimpleUploadedFile("t.csv", content), "year": "2027"})

    assert told in text(response)


@pytest.mark.parametrize(("year", "told"), [("", "Donner l’année"), ("deux", "en chiffres"), ("2072", "2072 est trop loin")])
def test_a_year_that_is_none_is_refused_beside_its_field(client: Client, year: str, told: str) -> None:
    assert told in text(give(client, *GOOD, year=year))


def test_without_a_file_the_page_asks_for_one(client: Client) -> None:
    assert "Choisir le fichier de la tournée." in text(client.post(UPLOAD, {"year": "2027"}))


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (("Oizy;09/03/2027;matin;Camille",), "Aucun passage de ce fichier ne peut être repris."),
        ((), "Aucun passage de ce fichier ne peut être repris."),
        (("Oisy;05/01/2026;matin;Camille", "Oisy;04/07/2028;matin;Camille"), "couvre 31 mois"),
    ],
)
def test_a_file_from_which_nothing_can_be_taken_says_so(client: Client, rows: tuple[str, ...], told: str) -> None:
    shown = text(give(client, *rows))

    assert told in shown
    assert "Créer un brouillon" not in shown
    client.post(PREVIEW, {})
    assert not Plan.objects.exists()


def test_a_territory_where_nobody_takes_part_says_what_to_do(cast: Cast, logged_in: LogIn) -> None:
    shown = text(give(logged_in(cast.coordinator), *GOOD))

    assert "dire d’abord quelles communes participent" in shown


def test_a_file_is_seen_by_whoever_gave_it_and_by_the_coordinator_alone(client: Client, service: Cast, logged_in: LogIn) -> None:
    give(client, *GOOD)

    for user in (service.lawyer, service.reader, service.referent, service.mediator):
        other = logged_in(user)
        assert [other.get(path).status_code for path in (UPLOAD, PREVIEW, f"{UPLOAD}modele.xlsx")] == [403, 403, 403]
        assert other.post(PREVIEW, {}).status_code == 403


def test_the_preview_costs_as_many_queries_with_fifty_communes(client: Client, service: Cast) -> None:
    give(client, GOOD[0])
    few = queries_of(client, PREVIEW)
    rows = []
    for number in range(50):
        make_commune(service.epci, f"99{number:03}", f"Commune {number:02}")
        rows.append(f"99{number:03};{5 + number % 4:02}/01/2027;matin;Camille")
    give(client, GOOD[0], *rows)

    assert queries_of(client, PREVIEW) == few
