"""Who waits is proposed what there is, in order; the desk confirms, and whoever only the mairie reaches is told by it."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.booking.actions import cancel_appointment, leave_demande, share_slots
from escale.apps.booking.kinds import CancelledBy
from escale.apps.booking.models import Appointment, Demande, Offer, Telling
from escale.apps.team.models import Post
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.models import Visit
from tests.apps.booking.service import book, promise, reached_by_phone, resident, settle
from tests.web.commune.conftest import words
from tests.web.counting import queries_of
from tests.web.desk.conftest import logged_in_as, sent, typed

pytestmark = pytest.mark.django_db
LIST = "/mairie/demandes/"


def page(demande: Demande) -> str:
    return f"{LIST}{demande.uid}/"


@pytest.fixture
def demande(desk: Client, desk_oisy: User, oisy: Commune) -> Demande:
    """Marie waits in Oisy, and has a telephone."""
    return leave_demande(actor=desk_oisy, commune=oisy, person=reached_by_phone("Patient"))


@pytest.fixture
def freed(desk_oisy: User, visit: Visit, oisy: Commune) -> Offer:
    """A slot that its person gave up, kept for someone whom only the mairie reaches."""
    row = book(desk_oisy, visit)
    leave_demande(actor=desk_oisy, commune=oisy, person=resident("Patient"))
    cancel_appointment(actor=desk_oisy, appointment=row, by=CancelledBy.PERSON)
    return Offer.objects.get()


def test_a_request_is_noted_once_and_counted_in_the_navigation(desk: Client) -> None:
    once = typed()

    first, second = (sent(desk, f"{LIST}nouvelle/", **once) for _ in range(2))

    assert "Jean Exemple" in first
    assert "Jean Exemple" in second
    assert Demande.objects.count() == 1
    assert "Une demande attend un créneau" in words(desk, "/mairie/")


def test_what_is_proposed_stands_in_the_order_of_the_list(
    desk: Client, desk_oisy: User, oisy: Commune, bousignies: Commune
) -> None:
    share_slots(actor=SYSTEM, commune=bousignies, shared=True)
    row = leave_demande(actor=desk_oisy, commune=oisy, person=reached_by_phone(), accepts_neighbour=True)

    text = words(desk, page(row))

    parts = ("Les prochains passages", "Un rappel par téléphone", "Au bureau", "Dans une commune voisine", "Clore la demande")
    assert [text.index(part) for part in parts] == sorted(text.index(part) for part in parts)


@pytest.mark.parametrize("kind", ["own", "office", "neighbour"])
def test_each_place_books_the_person(
    desk: Client, desk_oisy: User, oisy: Commune, bousignies: Commune, visit: Visit, next_door: Visit, post: Post, kind: str
) -> None:
    share_slots(actor=SYSTEM, commune=bousignies, shared=True)
    row = leave_demande(actor=desk_oisy, commune=oisy, person=resident(), accepts_neighbour=True)
    places = {
        "own": (f"passage:{visit.pk}:2027-01-05 PM:2", "visit"),
        "office": (f"bureau:{post.pk}:2027-01-12:3", "office"),
        "neighbour": (f"passage:{next_door.pk}:2027-01-07 PM:1", "neighbour"),
    }
    place, outcome = places[kind]

    text = sent(desk, f"{page(row)}inscrire/", place=place)

    row.refresh_from_db()
    assert "rendez-vous pris" in text
    assert (row.state, row.outcome) == ("met", outcome)


@pytest.mark.parametrize(
    "place", ["", "passage:1", "passage:x:2027-01-05 PM:1", "bureau:1:demain:1", "passage:9999:2027-01-05 PM:1"]
)
def test_a_place_that_is_none_is_not_there(desk: Client, demande: Demande, place: str) -> None:
    assert desk.post(f"{page(demande)}inscrire/", {"place": place}).status_code == 404


def test_a_place_that_goes_meanwhile_is_said(desk: Client, demande: Demande, desk_oisy: User, visit: Visit) -> None:
    book(desk_oisy, visit, 1)

    text = sent(desk, f"{page(demande)}inscrire/", place=f"passage:{visit.pk}:2027-01-05 PM:1")

    assert "Ce créneau vient d’être pris" in text
    assert Demande.objects.get().state == "waiting"


@pytest.mark.parametrize(
    ("step", "state", "outcome"),
    [("rappelee", "met", "call_back"), ("recue", "met", "walk_in"), ("retiree", "withdrawn", ""), ("sans-solution", "unmet", "")],
)
def test_a_request_is_closed(desk: Client, demande: Demande, step: str, state: str, outcome: str) -> None:
    sent(desk, f"{page(demande)}clore/{step}/")

    demande.refresh_from_db()
    assert (demande.state, demande.outcome) == (state, outcome)
    assert ("Une demande est restée sans solution" in words(desk, LIST)) == (state == "unmet")


def test_a_freed_slot_is_confirmed_by_the_desk_and_nothing_books_itself(desk: Client, freed: Offer) -> None:
    assert not Appointment.objects.booked().exists()
    assert "Un créneau se libère" in words(desk, LIST)
    assert "un créneau se libère le mardi 5 janvier 2027" in words(desk, "/mairie/rendez-vous/a-prevenir/")

    text = sent(desk, f"{LIST}propositions/{freed.pk}/oui/")

    assert "rendez-vous pris" in text
    assert Appointment.objects.booked().get().person == "Jean Patient"


def test_whoever_declines_keeps_their_place(desk: Client, freed: Offer) -> None:
    text = sent(desk, f"{LIST}propositions/{freed.pk}/non/")

    assert "garde sa place dans la liste" in text
    assert Demande.objects.waiting().count() == 1
    assert Demande.objects.get().offers.get().answer == "declined"


def test_whom_the_mairie_cancels_is_told_by_it_and_waits_again_if_they_wish(desk: Client, desk_oisy: User, visit: Visit) -> None:
    row = book(desk_oisy, visit)

    sent(desk, f"/mairie/rendez-vous/{row.uid}/annuler/", by="commune", waits="on", reason="salle prise")

    assert Demande.objects.waiting().get().person == "Jean Exemple"
    assert not Offer.objects.exists(), "the slot that they gave up is not offered to them"
    assert "le rendez-vous du mardi 5 janvier 2027" in words(desk, "/mairie/rendez-vous/a-prevenir/")
    sent(desk, f"/mairie/rendez-vous/a-prevenir/{Telling.objects.get().pk}/")
    assert "Personne à prévenir" in words(desk, "/mairie/rendez-vous/a-prevenir/")


def test_a_reason_that_tells_too_much_is_refused(desk: Client, desk_oisy: User, visit: Visit) -> None:
    row = book(desk_oisy, visit)

    text = sent(desk, f"/mairie/rendez-vous/{row.uid}/annuler/", by="person", reason="né le 12/03/1951")

    assert "date de naissance" in text
    assert Appointment.objects.booked().exists()


def test_a_request_is_corrected(desk: Client, demande: Demande) -> None:
    fields = typed(name="Tournesol", channel="mairie", contact="", first_name="", two="on", accepts_neighbour="on")

    text = sent(desk, f"{page(demande)}corriger/", **fields)

    row = Demande.objects.get()
    assert "Tournesol" in text
    assert (row.contact, row.slot_count, row.accepts_neighbour) == ("", 2, True)


def test_whom_no_message_reached_is_called_by_the_mairie(desk: Client, desk_oisy: User, visit: Visit) -> None:
    book(desk_oisy, visit, 1, reached_by_phone("Patient"))
    Telling.objects.update(falls_to_mairie=True)

    assert "L’appeler : 06 12 34 56 78" in words(desk, "/mairie/rendez-vous/a-prevenir/")


def test_another_commune_is_not_there(neighbour: Client, demande: Demande, freed: Offer) -> None:
    assert neighbour.get(page(demande)).status_code == 404
    assert neighbour.get(f"{page(demande)}corriger/").status_code == 404
    assert neighbour.post(f"{page(demande)}clore/retiree/").status_code == 404
    assert neighbour.post(f"{page(demande)}inscrire/").status_code == 404
    assert neighbour.post(f"{LIST}propositions/{freed.pk}/oui/").status_code == 404
    assert neighbour.post(f"/mairie/rendez-vous/a-prevenir/{Telling.objects.get().pk}/").status_code == 404
    assert neighbour.get(f"{LIST}{uuid.uuid4()}/").status_code == 404
    assert "Patient" not in words(neighbour, LIST)


def test_the_coordination_sees_who_waits_where_without_a_name(coordinator: User, demande: Demande) -> None:
    client = logged_in_as(coordinator)

    assert "Une personne attend un créneau" in words(client, "/pilotage/service/demandes/")
    for path in ("/pilotage/accueil/59446/demandes/", f"/pilotage/accueil/59446/demandes/{demande.uid}/"):
        assert "Patient" not in words(client, path)
    assert client.get(f"/pilotage/accueil/59446/demandes/{demande.uid}/corriger/").status_code == 404


def test_two_hundred_who_wait_cost_as_many_queries_as_ten(
    desk: Client, visit: Visit, next_door: Visit, epci: Epci, oisy: Commune, bousignies: Commune, post: Post, desk_oisy: User
) -> None:
    share_slots(actor=SYSTEM, commune=bousignies, shared=True)
    first = leave_demande(actor=desk_oisy, commune=oisy, person=reached_by_phone(), accepts_neighbour=True)
    wait(first, 9)
    few = queries_of(desk, LIST)

    wait(first, 190)
    settle(epci, *(promise(oisy, post, f"2027-01-{day:02}") for day in (5, 6, 8, 12)), promise(bousignies, post, "2027-01-07"))

    assert queries_of(desk, LIST) == few


def wait(like: Demande, count: int) -> None:
    fields = {name: getattr(like, name) for name in ("epci", "commune", "name", "channel", "contact", "motive", "asked_at")}
    written = {"written_at": like.written_at, "written_by": "test", "written_as": "commune", "accepts_neighbour": True}
    Demande.objects.bulk_create([Demande(**fields, **written) for _ in range(count)])
