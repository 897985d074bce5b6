"""What a mairie does with workshops: sees those that are announced to it, registers, withdraws, tells, prints."""

from __future__ import annotations

import pytest
from django.test import Client

from escale.apps.team.models import Post
from escale.apps.territory.models import Commune
from escale.apps.workshops.actions import cancel_workshop, register_person, withdraw_person
from escale.apps.workshops.models import Registration, Workshop
from tests.apps.workshops.service import attendee, fill, make_open, plan_for, register
from tests.web.cast import Cast
from tests.web.counting import queries_of
from tests.web.reading import plain


def typed(client: Client, address: str, **fields: str) -> dict[str, str]:
    """Fill the form of a page in: its key, and someone whom only the mairie reaches."""
    key = client.get(address).context["form"]["key"].value()
    return {"key": str(key), "first_name": "Jeanne", "name": "Exemple", "channel": "mairie", **fields}


@pytest.fixture
def desk(client: Client, cast: Cast, post: Post) -> Client:
    client.force_login(cast.desk)
    return client


def test_a_draft_is_announced_to_nobody(desk: Client, workshop: Workshop, draft: Workshop) -> None:
    page = plain(desk.get("/mairie/ateliers/"))

    assert workshop.title in page
    assert "Brouillon" not in page
    assert desk.get(f"/mairie/ateliers/{draft.uid}/").status_code == 404


def test_someone_is_registered_in_one_screen(desk: Client, workshop: Workshop) -> None:
    address = f"/mairie/ateliers/{workshop.uid}/inscrire/"

    answer = desk.post(address, typed(desk, address, brings_device="own"), follow=True)

    row = Registration.objects.get()
    assert (row.person, row.brings_device, row.state) == ("Jeanne Exemple", True, "registered")
    assert answer.redirect_chain[-1][0] == f"/mairie/ateliers/{workshop.uid}/inscriptions/{row.uid}/"
    assert "C’est fait : place n° 1." in plain(answer)


def test_a_second_click_registers_once(desk: Client, workshop: Workshop) -> None:
    address = f"/mairie/ateliers/{workshop.uid}/inscrire/"
    sent = typed(desk, address)

    for _ in range(2):
        desk.post(address, sent)

    assert Registration.objects.count() == 1


def test_the_ninth_is_told_that_they_wait(desk: Client, cast: Cast, workshop: Workshop) -> None:
    fill(cast.desk, workshop, cast.oisy)
    address = f"/mairie/ateliers/{workshop.uid}/inscrire/"

    page = plain(desk.get(address))
    answer = plain(desk.post(address, typed(desk, address), follow=True))

    assert "Inscrire en liste d’attente" in page
    assert "Les 6 de la malle sont déjà pris" in page
    assert "en position 1" in answer


def test_what_must_not_be_stored_is_told_beside_its_field(desk: Client, workshop: Workshop) -> None:
    address = f"/mairie/ateliers/{workshop.uid}/inscrire/"

    page = plain(desk.post(address, typed(desk, address, name="née le 12/03/1956")))

    assert "date de naissance" in page
    assert not Registration.objects.exists()


def test_who_withdraws_leaves_the_place_and_the_next_is_to_be_told(desk: Client, cast: Cast, workshop: Workshop) -> None:
    rows = fill(cast.desk, workshop, cast.oisy, 9)

    desk.post(f"/mairie/ateliers/{workshop.uid}/inscriptions/{rows[0].uid}/retirer/")
    page = plain(desk.get("/mairie/ateliers/"))
    desk.post(f"/mairie/ateliers/{workshop.uid}/inscriptions/{rows[8].uid}/prevenu/")

    assert "À prévenir" in page
    assert "Personne 9" in page
    assert "À prévenir" not in plain(desk.get("/mairie/ateliers/"))


def test_a_correction_is_written(desk: Client, cast: Cast, workshop: Workshop) -> None:
    row = register(cast.desk, workshop, cast.oisy)
    sent = {"first_name": "Anne", "name": "Exemple", "channel": "phone", "contact": "06 12 34 56 78"}

    desk.post(f"/mairie/ateliers/{workshop.uid}/inscriptions/{row.uid}/", sent)

    row.refresh_from_db()
    assert (row.first_name, row.contact) == ("Anne", "06 12 34 56 78")


def test_the_people_of_another_mairie_have_no_name_and_no_page(desk: Client, cast: Cast, post: Post) -> None:
    both = make_open(cast.epci, plan_for(cast.oisy, post, communes=(cast.oisy, cast.denain)))
    other = register(cast.coordinator, both, cast.denain, "Voisine")

    page = plain(desk.get(f"/mairie/ateliers/{both.uid}/"))

    assert "Voisine" not in page
    assert "Place prise par une autre mairie" in page
    for part in ("", "retirer/", "prevenu/", "rappel.pdf"):
        address = f"/mairie/ateliers/{both.uid}/inscriptions/{other.uid}/{part}"
        answer = desk.post(address) if part in {"retirer/", "prevenu/"} else desk.get(address)
        assert answer.status_code == 404, part


def test_a_workshop_of_other_communes_is_not_there(desk: Client, cast: Cast, post: Post) -> None:
    other = make_open(cast.epci, plan_for(cast.denain, post))

    assert desk.get(f"/mairie/ateliers/{other.uid}/").status_code == 404
    assert desk.get(f"/mairie/ateliers/{other.uid}/inscrire/").status_code == 404


def test_a_slip_names_nobody_but_the_person_who_holds_it(desk: Client, cast: Cast, workshop: Workshop) -> None:
    row = register(cast.desk, workshop, cast.oisy)

    paper = desk.get(f"/mairie/ateliers/{workshop.uid}/inscriptions/{row.uid}/rappel.pdf")

    assert paper.content.startswith(b"%PDF")
    assert "Exemple" not in paper.headers["Content-Disposition"]
    assert paper.headers["Cache-Control"] == "private, no-store"


def test_who_withdrew_has_no_slip_and_nobody_a_certificate_before_the_day(desk: Client, cast: Cast, workshop: Workshop) -> None:
    row = register(cast.desk, workshop, cast.oisy)
    address = f"/mairie/ateliers/{workshop.uid}/inscriptions/{row.uid}"
    assert desk.get(f"{address}/attestation.pdf").status_code == 404

    withdraw_person(actor=cast.desk, registration=row)

    assert desk.get(f"{address}/rappel.pdf").status_code == 404


def test_a_cancelled_workshop_says_why(desk: Client, cast: Cast, workshop: Workshop) -> None:
    cancel_workshop(actor=cast.coordinator, workshop=workshop, reason="salle inondée")

    page = plain(desk.get(f"/mairie/ateliers/{workshop.uid}/"))

    assert "Annulé : salle inondée" in page
    assert "Inscrire" not in page


def test_the_list_asks_as_much_for_one_workshop_as_for_ten(desk: Client, cast: Cast, workshop: Workshop, post: Post) -> None:
    fill(cast.desk, workshop, cast.oisy, 2)
    one = queries_of(desk, "/mairie/ateliers/")
    for day in (13, 14, 15, 18, 19, 20, 21, 22, 25):
        plan = plan_for(cast.oisy, post, date=workshop.date.replace(day=day))
        fill(cast.desk, make_open(cast.epci, plan), cast.oisy, 2)

    assert queries_of(desk, "/mairie/ateliers/") == one


def test_the_page_asks_as_much_for_one_person_as_for_ten(desk: Client, cast: Cast, workshop: Workshop) -> None:
    address = f"/mairie/ateliers/{workshop.uid}/"
    register(cast.desk, workshop, cast.oisy, "Une")
    one = queries_of(desk, address)
    fill(cast.desk, workshop, cast.oisy, 9)

    assert queries_of(desk, address) == one


def test_a_resident_of_elsewhere_is_written_with_their_commune(desk: Client, cast: Cast, workshop: Workshop) -> None:
    denain: Commune = cast.denain
    row = register_person(actor=cast.desk, workshop=workshop, commune=cast.oisy, person=attendee(residence=denain))

    assert "Denain" in plain(desk.get(f"/mairie/ateliers/{workshop.uid}/"))
    assert row.residence == denain
