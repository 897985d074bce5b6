"""Anyone asks the mairie from the page of a commune: little is typed, nothing typed is lost, nothing is booked by itself."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.models import Entry
from escale.apps.booking.actions import take_requests
from escale.apps.booking.actions.asking import TOO_MANY
from escale.apps.booking.models import Demande, Quota
from escale.apps.territory.actions import record_mairie
from escale.apps.territory.models import Commune
from escale.apps.visits.models import Visit
from escale.core.booking.limits import OF_ADDRESS
from escale.web.public.asking_form import TOO_FAST, TOO_OLD, TRAPPED
from tests.apps.booking.service import Clock
from tests.web.commune.conftest import plain
from tests.web.desk.conftest import clock, logged_in_as, post, visit

__all__ = ["clock", "post", "visit"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("visit")]
PAGE = "/communes/oisy/demande/"
HOME, ELSEWHERE = "192.0.2.7", "192.0.2.8"
MANY = 200
"""What one address may send in a minute."""


class Resident:
    """Someone who opens the form, takes half a minute to fill it in, and sends it."""

    def __init__(self, clock: Clock, address: str = HOME) -> None:
        self.clock = clock
        self.client = Client(REMOTE_ADDR=address)
        self.stamp = self.opens()

    def opens(self) -> str:
        self.clock.go("2026-12-01", "12:00")
        found = re.search(r'name="stamp" value="([^"]+)"', self.client.get(PAGE).content.decode())
        assert found is not None
        return found[1]

    def sends(self, *, day: str = "2026-12-01", time: str = "12:00:30", **fields: Any) -> Any:
        self.clock.go(day, time)
        typed = {"first_name": "Jeanne", "phone": "06 12 34 56 78", "motive": "TAXES", "stamp": self.stamp, "website": ""}
        return self.client.post(PAGE, {**typed, **fields}, follow=True)


@pytest.fixture
def resident(clock: Clock) -> Resident:
    return Resident(clock)


def said(response: Any) -> str:
    return plain(response.content.decode())


def test_a_first_name_and_a_number_are_enough(resident: Resident, oisy: Commune) -> None:
    record_mairie(actor=SYSTEM, commune=oisy, phone="03 53 01 04 00")

    answer = resident.sends(call_back="on")

    row = Demande.objects.get()
    assert (row.person, row.contact, row.call_back, row.motive, row.state) == (
        "Jeanne",
        "06 12 34 56 78",
        True,
        "TAXES",
        "to_confirm",
    )
    text = said(answer)
    assert "Votre demande est envoyée" in text
    assert "Elle vous appelle." in text
    assert "Rien n’est encore réservé" in text
    assert "03 53 01 04 00" in text
    assert "Le dernier avis reçu" in text
    assert "Jeanne" not in text


def test_a_name_and_an_address_and_someone_who_is_helped(resident: Resident) -> None:
    resident.sends(name="Alias", phone="", email="jeanne@exemple.fr", with_consent="on")

    row = Demande.objects.get()
    assert (row.first_name, row.name, row.channel, row.agreed_at is not None) == ("Jeanne", "Alias", "email", True)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"first_name": ""}, "Écrivez un prénom."),
        ({"phone": ""}, "Écrivez un numéro de téléphone. Si vous n’en avez pas, une adresse électronique."),
        ({"phone": "", "email": "a@exemple.fr", "call_back": "on"}, "Pour vous rappeler, il faut un numéro de téléphone."),
        ({"phone": "demain"}, "n’est pas un numéro de téléphone"),
        ({"phone": "", "email": "arobase"}, "n’est pas une adresse électronique"),
        ({"phone": "", "email": f"{'a' * 150}@exemple.fr"}, "120 signes au plus"),
        ({"motive": ""}, "Choisissez dans la liste."),
        ({"motive": "MONEY"}, "Choisissez dans la liste."),
        ({"first_name": "é" * 300}, "Ce texte est long"),
        ({"name": "é" * 61}, "60 lettres au plus"),
        ({"first_name": "1 84 12 76 451 089 46"}, "Ceci ressemble à un numéro de sécurité sociale"),
        ({"name": "mot de passe Chat"}, "nous ne les gardons pas"),
        ({"phone": "4970 1000 0000 0154"}, "carte bancaire"),
        ({"first_name": "a\x00b"}, ""),
    ],
)
def test_what_cannot_be_kept_is_refused_beside_its_field_once_and_nothing_is_lost(
    resident: Resident, typed: dict[str, str], told: str
) -> None:
    answer = resident.sends(**{"name": "Exemple", **typed})

    assert answer.status_code == 200
    assert said(answer).count(told) == 1 if told else "field-error" in answer.content.decode()
    if typed.get("name") is None:
        assert 'value="Exemple"' in answer.content.decode()
    assert not Demande.objects.exists()
    assert not Quota.objects.exists()


def test_nine_mistakes_are_not_held_against_anyone(resident: Resident) -> None:
    for _ in range(9):
        resident.sends(phone="demain")

    assert "Votre demande est envoyée" in said(resident.sends())


@pytest.mark.parametrize(
    ("when", "fields", "told"),
    [
        ({"time": "12:00:01"}, {}, TOO_FAST),
        ({"day": "2026-12-02", "time": "12:00:30"}, {}, TOO_OLD),
        ({}, {"stamp": "written by hand"}, TOO_OLD),
        ({}, {"stamp": ""}, TOO_OLD),
        ({}, {"website": "https://exemple.fr"}, TRAPPED),
    ],
)
def test_what_a_machine_sends_is_asked_again_and_a_person_loses_nothing(
    resident: Resident, when: dict[str, str], fields: dict[str, str], told: str
) -> None:
    answer = resident.sends(**when, **fields)

    page = answer.content.decode()
    assert told in said(answer)
    assert 'value="06 12 34 56 78"' in page
    assert "https://exemple.fr" not in page
    assert not Demande.objects.exists()
    found = re.search(r'name="stamp" value="([^"]+)"', page)
    assert found is not None
    resident.stamp = found[1]
    assert "Votre demande est envoyée" in said(resident.sends(day=when.get("day", "2026-12-01"), time="12:01:00"))


def test_a_second_click_is_the_same_request(resident: Resident) -> None:
    answers = [resident.sends() for _ in range(2)]

    assert all("Votre demande est envoyée" in said(answer) for answer in answers)
    assert Demande.objects.count() == 1


def test_two_hundred_requests_a_minute_from_one_address_leave_the_others_served(resident: Resident, clock: Clock) -> None:
    answers = [resident.sends(stamp=resident.opens()).status_code for _ in range(OF_ADDRESS.most)]
    refused = resident.sends(stamp=resident.opens())
    statuses = {resident.client.post(PAGE, _typed(resident, number)).status_code for number in range(MANY - OF_ADDRESS.most)}

    assert set(answers) == {200}
    assert refused.status_code == 429
    assert TOO_MANY in said(refused)
    assert 'value="06 12 34 56 78"' in refused.content.decode()
    assert statuses == {200}
    assert "Votre demande est envoyée" in said(Resident(clock, ELSEWHERE).sends())
    assert Demande.objects.count() == OF_ADDRESS.most + 1


def test_a_script_in_every_field_is_shown_as_text(resident: Resident) -> None:
    script = "<script>alert(1)</script>"

    refused = resident.sends(
        first_name=script, name=script, phone=script, email=script, motive=script, stamp=script, website=script, call_back=script
    )
    resident.sends(first_name=script, name=script)

    assert script not in refused.content.decode()
    assert script in said(refused)
    assert Demande.objects.get().name == script
    assert script not in str(list(Entry.objects.values()))


def test_the_page_gives_no_cookie_but_the_one_of_the_form_and_is_kept_nowhere(resident: Resident) -> None:
    answer = resident.sends()

    assert set(resident.client.cookies) == {"csrftoken"}
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert resident.client.get(PAGE).headers["Cache-Control"] == "private, no-store"


def test_the_form_is_refused_without_its_token(clock: Clock) -> None:
    assert Client(enforce_csrf_checks=True).post(PAGE, {}).status_code == 403


def test_a_mairie_that_prefers_calls_gives_its_number_alone(resident: Resident, oisy: Commune, referent_oisy: User) -> None:
    record_mairie(actor=referent_oisy, commune=oisy, phone="03 53 01 04 00")
    desk = logged_in_as(referent_oisy)

    closed = plain(desk.post("/mairie/coordonnees/demandes/", {"do": "stop"}, follow=True).content.decode())
    answer = resident.sends()
    public = Client().get("/communes/oisy/").content.decode()

    assert "Fermées" in closed
    assert "Appelez la mairie d’Oisy" in said(answer)
    assert "03 53 01 04 00" in said(answer)
    assert PAGE not in public
    assert not Demande.objects.exists()
    desk.post("/mairie/coordonnees/demandes/", {"do": "take"})
    assert PAGE in Client().get("/communes/oisy/").content.decode()


def test_a_desk_does_not_close_the_form(desk_oisy: User, oisy: Commune) -> None:
    assert logged_in_as(desk_oisy).post("/mairie/coordonnees/demandes/", {"do": "stop"}).status_code == 403


@pytest.mark.parametrize("path", ["/communes/atlantis/demande/", "/communes/59446/demande/"])
def test_another_name_leads_to_the_page_that_knows_names(path: str) -> None:
    answer = Client().get(path)

    assert answer.status_code == 302
    assert answer.headers["Location"] == path.removesuffix("demande/")


@pytest.mark.parametrize("sent", ["", "written-by-hand"])
def test_nobody_reads_that_something_was_sent_without_its_stamp(sent: str) -> None:
    assert Client().get(PAGE, {"envoyee": sent}).headers["Location"] == PAGE


def test_a_request_of_another_commune_is_not_told_here(resident: Resident) -> None:
    resident.sends()

    assert Client().get("/communes/bousignies/demande/", {"envoyee": resident.stamp}).status_code == 302


def _typed(resident: Resident, number: int) -> dict[str, str]:
    """What a machine sends again and again, never twice the same."""
    return {"first_name": f"Robot {number}", "phone": "06 12 34 56 78", "motive": "OTHER", "stamp": ""}


def test_a_commune_nouvelle_answers_for_the_former_one(oisy: Commune, bousignies: Commune, visit: Visit) -> None:
    Commune.objects.filter(pk=bousignies.pk).update(merged_into=oisy)

    assert Client().get("/communes/bousignies/demande/").headers["Location"] == PAGE
    take_requests(actor=SYSTEM, commune=oisy, taken=False)
    assert "préfère vous parler" in plain(Client().get(PAGE).content.decode())
