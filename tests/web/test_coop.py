"""The coordination exchanges records with La Coop on its pages."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from escale.apps.accounts.models import User
from escale.apps.activity.models import CoopImport, Record
from escale.apps.team.models import Mediator
from tests.apps.activity.conftest import clock, mediator, next_door, post, promised_visit, visit
from tests.apps.activity.coop.sheet import line, sheet

__all__ = ["clock", "mediator", "next_door", "post", "promised_visit", "visit"]

PAGE = "/pilotage/service/coop/"


@pytest.fixture
def client_of(client: Client) -> Callable[[User], Client]:
    def log_in(user: User) -> Client:
        client.force_login(user)
        return client

    return log_in


def told(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def test_a_file_is_looked_at_taken_and_told(client_of: Callable[[User], Client], coordinator: User, mediator: Mediator) -> None:
    client = client_of(coordinator)
    content = sheet(line(), line(MINUTES="longtemps"), line(MINUTES=45, AGE="=1+1"))

    file = SimpleUploadedFile("activites.xlsx", content)
    page = client.post(PAGE, {"mediator": mediator.pk, "file": file}).headers["Location"]
    before = told(client, page)
    for _ in range(2):
        client.post(page)
    after = told(client, page)

    assert "1 fiche à reprendre" in before
    assert "2 lignes à corriger" in before
    assert "Ligne 10, « Durée (min) » : donner la durée en minutes" in before
    assert "1 fiche reprise" in after
    assert "Reprendre ces fiches" not in after
    assert Record.objects.count() == 1
    report = client.get(f"{page}compte-rendu.csv").content.decode().replace('"', "")
    assert "11;Tranche d'âge;c’est une formule, qui n’est pas calculée ici ; la remplacer par sa valeur" in report.replace(
        '"', ""
    )
    assert "activites.xlsx" in told(client, PAGE)


def test_what_is_wrong_is_told_beside_its_field(
    client_of: Callable[[User], Client], coordinator: User, mediator: Mediator
) -> None:
    client = client_of(coordinator)
    file = SimpleUploadedFile("activites.xlsx", b"rien d'un classeur")

    refused = client.post(PAGE, {"mediator": mediator.pk, "file": file}).content.decode()
    backwards = client.get(f"{PAGE}activites.xlsx", {"export-first": "2027-02-01", "export-last": "2027-01-01"}).content.decode()

    assert "n’est pas un classeur Excel" in refused
    assert "La fin est avant le début" in backwards
    assert not CoopImport.objects.exists()


def test_a_file_is_left_aside_and_records_leave(
    client_of: Callable[[User], Client], coordinator: User, mediator: Mediator
) -> None:
    client = client_of(coordinator)
    page = client.post(PAGE, {"mediator": mediator.pk, "file": SimpleUploadedFile("activites.xlsx", sheet(line()))}).headers[
        "Location"
    ]
    client.post(f"{page}abandonner/")
    period = {"export-first": "2027-01-01", "export-last": "2027-01-31"}

    book = load_workbook(io.BytesIO(client.get(f"{PAGE}activites.xlsx", period).content))
    csv = client.get(f"{PAGE}activites.csv", period).getvalue().decode()

    assert not CoopImport.objects.exists()
    assert book.sheetnames == ["activités"]
    assert csv.startswith("\ufeffDate;Type;Nombre de participants")
