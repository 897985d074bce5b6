"""The front desk books someone in one screen; what cannot be booked says why, and nothing that was typed is lost."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any

import pytest
from django.test import Client

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.models import Entry
from escale.apps.booking.actions import share_slots
from escale.apps.booking.models import Appointment
from escale.apps.schedule.models import Participation
from escale.apps.team.models import Post
from escale.apps.territory.actions import set_setting
from escale.apps.territory.models import Commune, Epci, Room
from escale.apps.visits.models import Visit
from tests.apps.booking.service import Clock, book, promise, resident, settle
from tests.web.commune.conftest import plain, words
from tests.web.counting import queries_of
from tests.web.desk.conftest import logged_in_as, sent, typed

pytestmark = pytest.mark.django_db


def address(visit: Visit) -> str:
    return f"/mairie/rendez-vous/passage/{visit.pk}/"


def test_the_first_page_shows_the_free_slots_and_who_comes(desk: Client, desk_oisy: User, visit: Visit) -> None:
    book(desk_oisy, visit, person=resident(needs=frozenset()))

    text = words(desk, "/mairie/")

    assert "16 h Jean Exemple · Papiers d’identité, carte grise, permis" in text.replace("\u202f", " ").replace("\xa0", " ")
    assert "Imprimer le rappel" in text
    assert "Libre Inscrire quelqu’un" in text


def test_someone_is_booked_and_told_what_to_bring(desk: Client, visit: Visit) -> None:
    text = sent(desk, address(visit), **typed(needs=["loud_voice"]))

    row = Appointment.objects.get()
    assert (row.person, row.first_slot, row.written_as, row.loud_voice) == ("Jean Exemple", 1, "commune", True)
    assert "C’est noté : rendez-vous pris" in text
    assert "Un justificatif de domicile récent" in text
    assert "entend mal" in text


def test_a_double_click_books_once(desk: Client, visit: Visit) -> None:
    once = typed()

    first, second = sent(desk, address(visit), **once), sent(desk, address(visit), **once)

    assert Appointment.objects.count() == 1
    assert first == second


def test_a_page_that_served_already_is_refused_for_someone_else(desk: Client, visit: Visit) -> None:
    once = typed()
    sent(desk, address(visit), **once)

    text = sent(desk, address(visit), **{**once, "name": "Autre"})

    assert "Cette page a déjà servi" in text
    assert Appointment.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"contact": "1 85 05 78 006 084 91"}, "numéro de sécurité sociale"),
        ({"name": "Exemple né le 12/03/1951"}, "date de naissance"),
        ({"name": "Exemple FR76 3000 6000 0112 3456 7890 189"}, "numéro de compte (IBAN)"),
        ({"first_name": "4970 1012 3456 7890 mdp soleil"}, "mot de passe"),
        ({"contact": "06 12"}, "06 12"),
        ({"channel": "mairie"}, "effacer ce contact"),
        ({"name": ""}, "Écrire le nom, ou un alias"),
        ({"motive": ""}, "Choisir un motif"),
        ({"slot": "9"}, "Ce créneau n’existe pas"),
        ({"slot": ""}, "Choisir un créneau"),
        ({"asked_at": "2027-05-01"}, "n’est pas encore venue"),
        ({"key": "abc"}, "trop ancienne"),
        ({"seen": "demain"}, "trop ancienne"),
    ],
)
def test_what_must_not_be_is_refused_with_its_reason_and_nothing_is_lost(
    desk: Client, visit: Visit, fields: dict[str, Any], told: str
) -> None:
    response = desk.post(address(visit), typed(residence="", needs=["wheelchair"], **fields))

    content = response.content.decode()
    assert told in plain(content) or told in content
    assert re.search(r'value="wheelchair"[^>]* checked', content)
    assert not Appointment.objects.exists()


def test_all_that_is_to_be_put_right_is_told_at_once(desk: Client, visit: Visit) -> None:
    text = sent(desk, address(visit), **typed(name="né le 12/03/1951", contact="06 12", motive=""))

    assert "3 champs sont à corriger" in text
    assert "date de naissance" in text


def test_a_slot_that_goes_meanwhile_is_said_and_what_was_typed_stays(desk: Client, desk_oisy: User, visit: Visit) -> None:
    book(desk_oisy, visit, 1, resident("Premier"))

    response = desk.post(address(visit), typed())

    text = plain(response.content.decode())
    assert "Ce créneau vient d’être pris" in text
    assert "Premier" not in text
    assert 'value="06 12 34 56 78"' in response.content.decode()


def test_a_visit_that_moves_meanwhile_says_its_new_day_and_the_form_means_it_then(
    desk: Client, visit: Visit, epci: Epci, oisy: Commune, post: Post
) -> None:
    settle(epci, promise(oisy, post, "2027-01-12"))
    once = typed()

    refused = desk.post(address(visit), once)

    assert "Ce passage vient d’être déplacé au mardi 12 janvier 2027" in plain(refused.content.decode())
    assert 'value="2027-01-12 PM"' in refused.content.decode()
    assert "rendez-vous pris" in sent(desk, address(visit), **{**once, "seen": "2027-01-12 PM"})


def test_one_minute_after_the_cut_off_is_too_late(desk_oisy: User, visit: Visit, clock: Clock) -> None:
    clock.go("2027-01-05", "16:01")

    text = sent(logged_in_as(desk_oisy), address(visit), **typed())

    assert "Les inscriptions au créneau de 16" in text
    assert not Appointment.objects.exists()


def test_a_visit_past_the_end_of_the_convention_takes_nobody(desk: Client, visit: Visit, oisy: Commune) -> None:
    Participation.objects.filter(commune=oisy).update(ends=dt.date(2026, 12, 31))

    assert "La convention de la commune ne court plus à cette date" in words(desk, "/mairie/")
    assert "La convention de la commune ne court plus" in sent(desk, address(visit), **typed())


def test_until_when_one_books_is_said_as_the_service_chose_it(desk: Client, visit: Visit) -> None:
    assert "inscrire jusqu’à l’heure du rendez-vous" in words(desk, "/mairie/")

    set_setting(actor=SYSTEM, epci=visit.epci, key="RDV_CUTOFF_HOURS_BEFORE_SESSION", value="24")

    assert "inscrire jusqu’au 4 janvier 2027 à 16 h" in words(desk, "/mairie/").replace("\u202f", " ")


def test_no_private_office_no_slots(desk: Client, visit: Visit) -> None:
    Room.objects.update(is_private=False)

    text = words(desk, "/mairie/")

    assert "Aucun bureau à l’abri des regards" in text
    assert "Inscrire quelqu’un" not in text


def test_a_full_visit_leads_to_the_waiting_list(desk: Client, desk_oisy: User, visit: Visit) -> None:
    book(desk_oisy, visit, 1, count=2)

    assert "C’est complet. Notez la demande" in words(desk, "/mairie/")
    assert "Noter une demande" in words(desk, "/mairie/")
    assert "Aucun créneau libre à cette date" in words(desk, address(visit))


def test_two_slots_in_a_row_are_one_line(desk: Client, visit: Visit) -> None:
    text = sent(desk, address(visit), **typed(two="on"))

    assert "16 h – 17 h" in text.replace("\u202f", " ")


def test_another_commune_is_not_there(desk: Client, neighbour: Client, desk_oisy: User, visit: Visit, next_door: Visit) -> None:
    row = book(desk_oisy, visit)

    assert desk.get(address(next_door)).status_code == 404
    for page in ("", "rappel.pdf", "corriger/", "annuler/"):
        assert neighbour.get(f"/mairie/rendez-vous/{row.uid}/{page}").status_code == 404
    assert neighbour.get(f"{address(visit)}feuille/").status_code == 404
    assert neighbour.get(f"{address(visit)}feuille.pdf").status_code == 404
    assert desk.get(f"/mairie/rendez-vous/{uuid.uuid4()}/").status_code == 404


def test_a_neighbour_that_opens_her_slots_is_booked_and_both_desks_see_the_one_appointment(
    desk: Client, neighbour: Client, bousignies: Commune, next_door: Visit
) -> None:
    share_slots(actor=SYSTEM, commune=bousignies, shared=True)

    assert "À Bousignies" in words(desk, "/mairie/rendez-vous/voisines/")
    text = sent(desk, address(next_door), **typed(seen="2027-01-07 PM"))

    assert "rendez-vous pris" in text
    assert "Jean Exemple · Papiers d’identité, carte grise, permis · à Bousignies" in words(desk, "/mairie/rendez-vous/")
    assert "Jean Exemple · Papiers d’identité, carte grise, permis inscrite par Oisy" in words(neighbour, "/mairie/")


def test_the_referent_alone_opens_the_slots(desk: Client, neighbour: Client, bousignies: Commune) -> None:
    path = "/mairie/rendez-vous/voisines/"

    assert "Les mairies voisines voient" in sent(neighbour, path, do="open")
    assert hasattr(Commune.objects.get(pk=bousignies.pk), "shared_slots")
    assert desk.post(path, {"do": "open"}).status_code == 403


def test_the_mediator_and_the_coordination_book_for_the_mairie_and_it_is_noted(
    ines: User, coordinator: User, visit: Visit
) -> None:
    at = f"accueil/59446/rendez-vous/passage/{visit.pk}/"

    seen_by_ines = sent(logged_in_as(ines), f"/terrain/{at}", **typed())
    seen_by_nadia = sent(logged_in_as(coordinator), f"/pilotage/{at}", **typed(slot="2", name="Autre"))

    assert "Pris par la médiation, pour la mairie" in seen_by_ines
    assert "Jean Exemple" in seen_by_ines
    assert "Pris par la coordination, pour la mairie" in seen_by_nadia
    assert "Autre" not in seen_by_nadia.replace("Autre démarche", "")
    told = Entry.objects.filter(event="booking.appointment_booked").values_list("details__on_behalf", flat=True)
    assert list(told) == [True, True]


def test_the_coordination_reads_names_for_a_reason_that_is_noted(coordinator: User, desk_oisy: User, visit: Visit) -> None:
    book(desk_oisy, visit)
    client, path = logged_in_as(coordinator), f"/pilotage/accueil/59446/rendez-vous/passage/{visit.pk}/feuille/"

    assert "Jean Exemple" not in words(client, path)
    assert "Dire en quelques mots pourquoi" in sent(client, path, reason="")
    assert "Jean Exemple" in sent(client, path, reason="prévenir du retard")
    assert Entry.objects.filter(event="booking.people_revealed").count() == 1


def test_no_page_that_names_people_is_kept(desk: Client, desk_oisy: User, visit: Visit) -> None:
    row = book(desk_oisy, visit)
    pages = [
        "/mairie/",
        "/mairie/rendez-vous/",
        f"/mairie/rendez-vous/{row.uid}/",
        f"/mairie/rendez-vous/{row.uid}/rappel.pdf",
        f"{address(visit)}feuille/",
        "/mairie/demandes/",
    ]

    assert {desk.get(page).headers["Cache-Control"] for page in pages} == {"private, no-store"}


def test_more_visits_and_people_cost_no_more_queries(
    desk: Client, desk_oisy: User, visit: Visit, epci: Epci, oisy: Commune, post: Post
) -> None:
    book(desk_oisy, visit)
    pages = ("/mairie/", "/mairie/rendez-vous/", f"{address(visit)}feuille/")
    few = [queries_of(desk, page) for page in pages]

    days = [f"2027-01-{day:02}" for day in (5, 6, 8, 12, 13, 14, 15, 19, 20, 21)]
    settle(epci, *(promise(oisy, post, day) for day in days))
    for number, row in enumerate(Visit.objects.standing().filter(commune=oisy, date__gt=dt.date(2027, 1, 5))):
        book(desk_oisy, row, 1, resident(f"Exemple {chr(65 + number)}"))
        book(desk_oisy, row, 2, resident(f"Modèle {chr(65 + number)}"))

    assert [queries_of(desk, page) for page in pages] == few
