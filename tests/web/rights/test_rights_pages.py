"""The register of rights is answered from its pages; nothing that names anybody stands in an address or in a file's name."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.test import Client

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.booking.actions.rights import note_rights_request
from escale.apps.booking.kinds import Right
from escale.apps.booking.models import Appointment, RightsRequest
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.models import Visit
from tests.apps.booking.service import book, reached_by_phone, resident
from tests.web.reading import plain

pytestmark = pytest.mark.django_db
STEERING, MAIRIE = "/pilotage/service/droits/", "/mairie/droits/"


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def row(visit: Visit) -> Appointment:
    return book(SYSTEM, visit, 1, reached_by_phone("Introuvable"))


@pytest.fixture
def asked(row: Appointment, epci: Epci, coordinator: User) -> RightsRequest:
    return note_rights_request(
        actor=coordinator, epci=epci, kind=Right.ERASE, received_on=dt.date(2026, 11, 30), person="M. Introuvable"
    )


def test_a_request_is_noted_and_answered(visit: Visit, coordinator: User) -> None:
    client = browser(coordinator)

    noted = client.post(STEERING, {"kind": "access", "received_on": "2026-12-01", "person": "M. Introuvable"})

    assert noted["Location"] == f"{STEERING}1/"
    page = client.get(noted["Location"])
    assert "M. Introuvable" in plain(page)
    assert page["Cache-Control"] == "private, no-store"
    done = client.post(f"{STEERING}1/", {"do": "answer", "answered_on": "2026-12-01"}, follow=True)
    assert "Réponse notée" in plain(done)
    assert "Introuvable" not in plain(done)
    assert RightsRequest.objects.get().person == ""


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"received_on": "2026-12-01"}, "Choisir ce que la personne demande"),
        ({"kind": "access", "received_on": ""}, "Donner le jour où la demande est arrivée"),
        ({"kind": "access", "received_on": "2026-12-02"}, "pas encore venue"),
        ({"kind": "access", "received_on": "2026-12-01", "person": "1 85 05 78 006 084 91"}, "sécurité sociale"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_written(
    visit: Visit, coordinator: User, given: dict[str, str], words: str
) -> None:
    page = browser(coordinator).post(STEERING, given)

    assert words in plain(page)
    assert not RightsRequest.objects.exists()


def test_a_person_is_found_and_the_address_says_nothing(asked: RightsRequest, coordinator: User) -> None:
    client = browser(coordinator)

    page = client.post(f"{STEERING}1/", {"do": "search", "name": "introuvable"})

    assert page.status_code == 200
    words = plain(page)
    assert "Jean Introuvable" in words
    assert "06 12 34 56 78" in words
    assert "Introuvable" not in plain(client.get(f"{STEERING}1/", {"do": "search", "name": "introuvable"})).replace(
        "M. Introuvable", ""
    )


def test_who_is_not_known_is_said_so(asked: RightsRequest, coordinator: User) -> None:
    page = browser(coordinator).post(f"{STEERING}1/", {"do": "search", "name": "Personne"})

    assert "Rien n’est noté sur cette personne" in plain(page)
    assert "Écrire le nom" in plain(browser(coordinator).post(f"{STEERING}1/", {"do": "search"}))


def test_a_copy_is_given_for_a_machine_and_for_a_person(asked: RightsRequest, row: Appointment, coordinator: User) -> None:
    client = browser(coordinator)

    as_json = client.post(f"{STEERING}1/", {"do": "json", "uids": [str(row.uid)]})
    as_pdf = client.post(f"{STEERING}1/", {"do": "pdf", "uids": [str(row.uid)]})

    told = json.loads(as_json.content)
    assert told["donnees"][0]["Nom ou alias"] == "Jean Introuvable"
    assert as_json["Content-Disposition"] == 'attachment; filename="donnees-demande-1.json"'
    assert as_pdf.content.startswith(b"%PDF-")
    assert as_pdf["Content-Disposition"] == 'attachment; filename="donnees-demande-1.pdf"'
    assert as_pdf["Cache-Control"] == as_json["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("uids", [[], ["nothing"], ["00000000-0000-0000-0000-000000000000"]])
@pytest.mark.parametrize("do", ["json", "erase"])
def test_nothing_chosen_is_told(asked: RightsRequest, coordinator: User, do: str, uids: list[str]) -> None:
    page = browser(coordinator).post(f"{STEERING}1/", {"do": do, "uids": uids}, follow=True)

    assert "Rien n’est choisi" in plain(page)
    assert Appointment.objects.get().person == "Jean Introuvable"


def test_a_person_is_erased_from_the_page(asked: RightsRequest, row: Appointment, coordinator: User) -> None:
    page = browser(coordinator).post(f"{STEERING}1/", {"do": "erase", "uids": [str(row.uid)]}, follow=True)

    assert "ligne n° 1 du registre" in plain(page)
    assert Appointment.objects.get().person == ""


def test_a_mairie_answers_for_its_own(
    row: Appointment, next_door: Visit, oisy: Commune, referent_oisy: User, referent_bousignies: User, desk_oisy: User
) -> None:
    book(SYSTEM, next_door, 1, resident("Introuvable", first_name="Anne"))
    client = browser(referent_oisy)
    client.post(MAIRIE, {"kind": "access", "received_on": "2026-12-01"})

    words = plain(client.post(f"{MAIRIE}1/", {"do": "search", "name": "Introuvable"}))

    assert "Jean Introuvable" in words
    assert "Anne" not in words
    assert RightsRequest.objects.get().commune == oisy
    assert browser(referent_bousignies).get(f"{MAIRIE}1/").status_code == 404
    assert browser(desk_oisy).get(MAIRIE).status_code == 403
