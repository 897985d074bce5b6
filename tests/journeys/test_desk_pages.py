"""The front desk in a real browser: each of its pages, for everyone, wide and narrow; and booking without scripts."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from escale.apps.audit.actors import SYSTEM
from escale.apps.booking.actions import ask_demande, book_appointment, cancel_appointment, leave_demande, share_slots
from escale.apps.booking.actions.asking import PUBLIC
from escale.apps.booking.kinds import CancelledBy
from escale.apps.booking.models import Appointment, Demande
from escale.apps.schedule.models import Participation, Standing
from escale.apps.team.models import Mediator
from escale.apps.territory import clock
from escale.apps.territory.models import Premises, Room
from escale.apps.visits.models import Visit
from tests.apps.booking.service import reached_by_phone, resident
from tests.journeys.walk import Walk
from tests.web.cast import Cast
from tests.web.visiting import make_visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the pages of the desk lead to."""

    visit: Visit
    row: Appointment
    waiting: Demande
    asked: Demande


@pytest.fixture
def desk(cast: Cast) -> Desk:
    """Oisy has someone who comes, someone to tell, someone who waits, someone to answer, and a neighbour that opens her slots."""
    hall = Premises.objects.create(commune=cast.denain, name="Mairie")
    Room.objects.create(premises=hall, name="Bureau", is_private=True)
    for commune in (cast.oisy, cast.denain):
        Participation.objects.create(epci=cast.epci, commune=commune, standing=Standing.FIRM.value, starts=dt.date(2024, 1, 1))
    Mediator.objects.filter(pk=cast.camille.pk).update(user=cast.mediator)
    today = clock.today()
    visit = make_visit(cast, cast.oisy, today + dt.timedelta(days=14), "PM")
    make_visit(cast, cast.denain, today + dt.timedelta(days=15), "PM")
    share_slots(actor=SYSTEM, commune=cast.denain, shared=True)
    row = book_appointment(actor=SYSTEM, visit=visit, slot=1, person=resident(), commune=cast.oisy)
    second = book_appointment(actor=SYSTEM, visit=visit, slot=2, person=resident("Autre"))
    person = reached_by_phone("Patient")
    waiting = leave_demande(actor=SYSTEM, commune=cast.oisy, person=person, accepts_neighbour=True)
    cancel_appointment(actor=SYSTEM, appointment=second, by=CancelledBy.COMMUNE)
    asked = ask_demande(actor=PUBLIC, commune=cast.oisy, person=reached_by_phone(), address="192.0.2.7", key=uuid.uuid4())
    return Desk(visit=visit, row=row, waiting=waiting, asked=asked)


EMPTY = ["rendez-vous/", "rendez-vous/voisines/", "rendez-vous/a-prevenir/", "demandes/", "demandes/nouvelle/"]
FULL: dict[str, Callable[[Desk], str]] = {
    "home": lambda desk: "",
    "visits": lambda desk: "rendez-vous/",
    "book": lambda desk: f"rendez-vous/passage/{desk.visit.pk}/",
    "sheet": lambda desk: f"rendez-vous/passage/{desk.visit.pk}/feuille/",
    "neighbours": lambda desk: "rendez-vous/voisines/",
    "telling": lambda desk: "rendez-vous/a-prevenir/",
    "booked": lambda desk: f"rendez-vous/{desk.row.uid}/?nouveau=1",
    "correct": lambda desk: f"rendez-vous/{desk.row.uid}/corriger/",
    "cancel": lambda desk: f"rendez-vous/{desk.row.uid}/annuler/",
    "demandes": lambda desk: "demandes/",
    "demande": lambda desk: f"demandes/{desk.waiting.uid}/",
    "asked": lambda desk: f"demandes/{desk.asked.uid}/",
    "decline": lambda desk: f"demandes/{desk.asked.uid}/decliner/",
}
OF_THE_TEAM = [
    ("mediator", "/terrain/accueil/59446/rendez-vous/"),
    ("coordinator", "/pilotage/accueil/59446/rendez-vous/"),
    ("coordinator", "/pilotage/accueil/59446/rendez-vous/passage/{visit}/feuille/"),
    ("coordinator", "/pilotage/service/demandes/"),
]
"""Those who take appointments for a mairie."""


def test_each_page_without_anyone_is_open_to_everyone(walk: Walk, cast: Cast) -> None:
    found: dict[str, list[str]] = {}

    for path in EMPTY:
        found |= walk.judge(f"/mairie/{path}", cast.desk)

    assert found == {}


def test_each_page_with_people_is_open_to_everyone(walk: Walk, cast: Cast, desk: Desk) -> None:
    found: dict[str, list[str]] = {}

    for path_of in FULL.values():
        found |= walk.judge(f"/mairie/{path_of(desk)}", cast.desk)
    for who, path in OF_THE_TEAM:
        found |= walk.judge(path.format(visit=desk.visit.pk), getattr(cast, who))

    assert found == {}


def test_someone_is_booked_without_scripts_and_a_refusal_keeps_what_was_typed(walk: Walk, cast: Cast, desk: Desk) -> None:
    page = walk.open("/mairie/", user=cast.desk, scripts=False)
    page.get_by_role("link", name="Voir les demandes").wait_for()
    page.goto(f"{walk.address}/mairie/rendez-vous/passage/{desk.visit.pk}/")
    assert page.get_by_text("Aucun créneau libre à cette date").is_visible()
    page.goto(f"{walk.address}/mairie/demandes/")
    page.get_by_role("button", name="Elle vient : l’inscrire").click()

    page.get_by_role("heading", name="C’est noté : rendez-vous pris").wait_for()

    assert page.get_by_text("Jean Patient").is_visible()
    assert Demande.objects.get(pk=desk.waiting.pk).state == "met"


def test_a_form_is_filled_by_labels_and_sent(walk: Walk, cast: Cast, desk: Desk) -> None:
    Demande.objects.all().delete()
    page = walk.open("/mairie/", user=cast.desk, scripts=False)
    page.get_by_role("link", name="Inscrire quelqu’un").first.click()
    page.get_by_label("Nom, ou alias").fill("Tournesol")
    page.get_by_label("Téléphone ou adresse électronique").fill("1 85 05 78 006 084 91")
    page.get_by_label("Retraite").check()
    page.get_by_role("button", name="Inscrire la personne").click()
    assert page.get_by_text("Ceci ressemble à un numéro de sécurité sociale").is_visible()
    assert (
        page.get_by_text("Le dernier courrier de la caisse de retraite").is_visible()
        or page.get_by_label("Retraite").is_checked()
    )

    page.get_by_label("Téléphone ou adresse électronique").fill("06 12 34 56 78")
    page.get_by_role("button", name="Inscrire la personne").click()

    page.get_by_role("heading", name="C’est noté : rendez-vous pris").wait_for()
    assert Appointment.objects.booked().filter(name="Tournesol", first_slot=2).exists()
