"""What is done to many conventions at once, on screen: nothing happens before it was shown and confirmed."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.conventions.actions.electing import open_election_round
from escale.apps.conventions.imports.columns import Column
from escale.apps.conventions.models import Avenant, Convention, ElectionRound, Signatory
from escale.apps.messaging.models import Message
from escale.apps.territory.models import Commune, Referent
from tests.apps.conventions.imports.table import row, written
from tests.apps.conventions.paper import day, in_force
from tests.web.cast import Cast, make_commune
from tests.web.counting import queries_of

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]
BASE = "/pilotage/conventions"
UPLOAD, PREVIEW = f"{BASE}/importer/", f"{BASE}/importer/apercu/"
OPEN, ROUND, REMIND = f"{BASE}/elections/ouvrir/", f"{BASE}/elections/", f"{BASE}/elections/rappeler/"
MERGE, MOVE = f"{BASE}/commune-nouvelle/", f"{BASE}/changer-de-texte/"
TEXTS = "?source=porte-du-hainaut-2025&target=demonstration-2027&way="


@pytest.fixture(autouse=True)
def _in_november(settings: Settings) -> None:
    settings.ESCALE_TODAY = day("2026-11-23")


@pytest.fixture
def client(cast: Cast, logged_in: LogIn) -> Client:
    return logged_in(cast.coordinator)


def shown(client: Client, path: str, data: Mapping[str, object] | None = None) -> str:
    response = client.get(path) if data is None else client.post(path, data, follow=True)
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def give(client: Client, *rows: dict[Column, str]) -> str:
    return shown(client, UPLOAD, {"file": SimpleUploadedFile("conventions.csv", written(*rows))})


def test_a_file_is_shown_then_imported_whole(client: Client) -> None:
    told = give(client, row(), row({Column.COMMUNE: "Denain", Column.LETTER_NUMBER: "1A 2", Column.USUAL: ""}))

    assert "2 conventions à enregistrer" in told
    assert "2 communes de plus participent à la tournée" in told
    assert not Convention.objects.exists()

    told = shown(client, PREVIEW, {"ok": "1"})

    assert "2 conventions importées" in told
    assert Convention.objects.count() == 2
    assert client.get(PREVIEW)["Location"] == UPLOAD, "the file is not kept any longer"


def test_a_faulty_line_is_named_and_nothing_can_be_confirmed(client: Client) -> None:
    told = give(client, row(), row({Column.COMMUNE: "Denain", Column.COMMUNE_GENDER: "", Column.LETTER_NUMBER: "1A 2"}))

    assert "Ligne 3, colonne « Commune : accord (F ou M) » : dire si l’accord" in told
    assert "Enregistrer ces conventions" not in told
    shown(client, PREVIEW, {"ok": "1"})
    assert not Convention.objects.exists()


def test_the_file_to_fill_holds_the_communes_and_is_empty_until_it_is_filled(client: Client) -> None:
    response = client.get(f"{UPLOAD}modele.xlsx")
    sheet = load_workbook(io.BytesIO(response.content)).worksheets[0]
    upload = SimpleUploadedFile("conventions.xlsx", response.content)

    told = shown(client, UPLOAD, {"file": upload})

    assert [line[1] for line in sheet.iter_rows(min_row=2, values_only=True)] == ["Denain", "Oisy", "La Sentinelle"]
    assert "Aucune ligne n’est remplie" in told
    assert client.get(f"{UPLOAD}modele.csv").status_code == 200
    assert client.get(f"{UPLOAD}modele.pdf").status_code == 404


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"%PDF-1.7", "n’est pas un tableau"),
        (b"Nom;Age\nOisy;3", "Aucune ligne de titres"),
        (b"Commune;Bureau : n\xc2\xb0\nOisy;3", "Il manque les colonnes « Modèle »"),
        (b"", "est vide"),
        (b"x" * (2 * 1024 * 1024 + 1), "dépasse 2 Mo"),
    ],
)
def test_a_file_that_is_none_is_refused_beside_its_field(client: Client, content: bytes, told: str) -> None:
    assert told in shown(client, UPLOAD, {"file": SimpleUploadedFile("t.csv", content)})


def test_offices_end_once_what_that_does_was_seen(client: Client, cast: Cast) -> None:
    in_force(cast.epci, cast.oisy)

    told = shown(client, OPEN, {"ends": "2026-10-02"})
    assert "<strong>1 signataire</strong> ne signera plus" in told
    assert not ElectionRound.objects.exists()

    told = shown(client, OPEN, {"ends": "2026-10-02", "do": "confirm"})
    assert "Les mandats sont clos." in told
    assert "Aucune commune sur 1" in told
    assert "L. 5211-10 CGCT" in told
    assert Signatory.objects.get(commune=None).ends == day("2026-10-02")


def test_a_day_to_come_is_refused_beside_its_field(client: Client, cast: Cast) -> None:
    assert "n’est pas encore venu" in shown(client, OPEN, {"ends": "2027-10-02", "do": "confirm"})
    assert "Cette date n’existe pas" in shown(client, OPEN, {"ends": "31/02/2026"})
    assert not ElectionRound.objects.exists()


def test_mairies_are_reminded_from_the_follow_up(client: Client, cast: Cast) -> None:
    in_force(cast.epci, cast.oisy)
    Referent.objects.update(email="referent@oisy.example")
    open_election_round(actor=SYSTEM, epci=cast.epci, ends=day("2026-10-02"))
    Message.objects.update(queued_at="2026-11-23T10:00:00Z")
    assert "Rappeler" not in shown(client, ROUND), "written to today already"
    Message.objects.update(queued_at="2026-11-01T10:00:00Z")
    assert "Rappeler 1 mairie" in shown(client, ROUND)

    told = shown(client, REMIND, {})

    assert "1 mairie va recevoir une lettre." in told
    assert Message.objects.count() == 2


def test_the_follow_up_costs_as_many_queries_with_many_communes(client: Client, cast: Cast) -> None:
    in_force(cast.epci, cast.oisy)
    open_election_round(actor=SYSTEM, epci=cast.epci, ends=day("2026-10-02"))
    few = queries_of(client, ROUND)
    for number in range(4):
        in_force(cast.epci, make_commune(cast.epci, f"9900{number}", f"Commune {number}"))

    assert queries_of(client, ROUND) == few


def test_a_commune_nouvelle_is_shown_then_kept(client: Client, cast: Cast) -> None:
    in_force(cast.epci, cast.oisy)
    asked = {"communes": [cast.oisy.code], "into": cast.denain.code, "name": "Val d’Oisy", "on": "2027-01-01"}

    told = shown(client, MERGE, asked)
    assert "reprend 1 convention jusqu’à son terme" in told
    assert "Convention avec Oisy" in told
    assert Commune.objects.get(pk=cast.oisy.pk).merged_into is None

    shown(client, MERGE, {**asked, "do": "confirm"})
    assert Commune.objects.get(pk=cast.oisy.pk).merged_into == cast.denain
    assert Commune.objects.get(pk=cast.denain.pk).name == "Val d’Oisy"


def test_a_commune_that_merges_with_itself_is_refused_beside_its_field(client: Client, cast: Cast) -> None:
    told = shown(client, MERGE, {"communes": [cast.oisy.code], "into": cast.oisy.code, "on": "2027-01-01", "do": "confirm"})

    assert "cochée parmi celles qui disparaissent" in told


def test_avenants_are_prepared_once_the_votes_were_told(client: Client, cast: Cast) -> None:
    convention = in_force(cast.epci, cast.oisy)

    assert "30 juin 2027" in shown(client, f"{MOVE}{TEXTS}avenant")
    told = shown(client, f"{MOVE}{TEXTS}avenant", {"conventions": [convention.pk]})
    assert "Le conseil municipal de chaque commune</strong> : approuver l’avenant n° 1 et autoriser sa signature." in told
    assert not Avenant.objects.exists()

    assert "1 avenant en brouillon" in shown(client, f"{MOVE}{TEXTS}avenant", {"conventions": [convention.pk], "do": "confirm"})
    assert Avenant.objects.get().convention == convention


def test_a_convention_that_goes_on_says_what_to_do_before_a_new_one(client: Client, cast: Cast) -> None:
    in_force(cast.epci, cast.oisy)

    told = shown(client, f"{MOVE}{TEXTS}new")

    assert "Elle se reconduit d’elle-même" in told
    assert "Voir ce que chaque assemblée" not in told


def test_the_same_text_twice_is_refused_beside_its_field(client: Client) -> None:
    told = shown(client, f"{MOVE}?source=demonstration-2027&target=demonstration-2027&way=new")

    assert "C’est le même texte ; en choisir un autre." in told


def test_the_choice_of_communes_costs_as_many_queries_with_many(client: Client, cast: Cast) -> None:
    in_force(cast.epci, cast.oisy)
    few = queries_of(client, f"{MOVE}{TEXTS}avenant")
    for number in range(4):
        in_force(cast.epci, make_commune(cast.epci, f"9900{number}", f"Commune {number}"))

    assert queries_of(client, f"{MOVE}{TEXTS}avenant") == few


def test_the_page_of_batches_leads_to_all_of_it(client: Client) -> None:
    told = shown(client, f"{BASE}/lots/")

    assert all(f'href="{path}"' in told for path in (UPLOAD, ROUND, MERGE, MOVE))
