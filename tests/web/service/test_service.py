"""The coordination follows the half-days one by one, moves and makes up; the mairie prepares, notes and answers."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.booking.actions import book_appointment
from escale.apps.schedule.models import Participation, Standing
from escale.apps.visits.actions import cancel_visit, note_point
from escale.apps.visits.models import Point, Visit
from escale.core.visits.life import Cause, PointKind, Side
from tests.apps.booking.service import resident
from tests.web.cast import Cast
from tests.web.counting import queries_of
from tests.web.visiting import TODAY, day, make_visit

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _frozen(settings: Settings) -> None:
    settings.ESCALE_TODAY = TODAY


@pytest.fixture
def visit(cast: Cast) -> Visit:
    """A half-day of Oisy, tomorrow."""
    Participation.objects.create(epci=cast.epci, commune=cast.oisy, standing=Standing.FIRM.value)
    return make_visit(cast, cast.oisy, day(11, 24), "PM")


def read(content: bytes) -> str:
    return " ".join(html.unescape(content.decode()).replace("\u202f", " ").replace("\u00a0", " ").split())


def page(client: Client, address: str) -> str:
    return read(client.get(address).content)


def post(client: Client, address: str, **answers: Any) -> str:
    return read(client.post(address, answers, follow=True).content)


def test_a_mairie_prepares_its_visit_and_the_coordination_reads_it(cast: Cast, visit: Visit, logged_in: LogIn) -> None:
    desk, address = logged_in(cast.desk), f"/mairie/passages/{visit.pk}/preparer/"

    shown = post(desk, address, is_heated="on", opener="Rose Exemple", opener_phone="0327000001")

    assert "C’est confirmé" in shown
    assert "Chauffée : oui" in page(logged_in(cast.coordinator), f"/pilotage/service/passages/{visit.pk}/")
    assert "La confirmation est retirée" in post(desk, f"/mairie/passages/{visit.pk}/retirer/")
    assert Visit.objects.get().state == "planned"


def test_a_wrong_number_is_told_beside_it(cast: Cast, visit: Visit, logged_in: LogIn) -> None:
    assert "field-error" in post(logged_in(cast.desk), f"/mairie/passages/{visit.pk}/preparer/", opener_phone="12")
    assert Visit.objects.get().state == "planned"


def test_the_coordination_moves_a_visit_from_a_free_date(cast: Cast, visit: Visit, logged_in: LogIn) -> None:
    coordination, address = logged_in(cast.coordinator), f"/pilotage/service/passages/{visit.pk}/deplacer/"
    assert "Demi-journées libres" in page(coordination, address)

    shown = post(coordination, address, date="2026-12-01", half="PM", post=visit.post_id, reason="élections")

    assert "Déplacé au mardi 1er décembre 2026, après-midi" in shown
    assert "déplacé ; c’était le mardi 24 novembre 2026" in shown
    assert Visit.objects.get().was_moved


def test_a_move_to_a_monday_is_told_beside_the_half(cast: Cast, visit: Visit, logged_in: LogIn) -> None:
    address = f"/pilotage/service/passages/{visit.pk}/deplacer/"

    shown = post(logged_in(cast.coordinator), address, date="2026-11-30", half="PM", post=visit.post_id, reason="x")

    assert "le service ne donne pas de demi-journée" in shown


def test_what_is_owed_is_listed_and_made_up(cast: Cast, visit: Visit, logged_in: LogIn) -> None:
    cancel_visit(actor=SYSTEM, visit=visit, side=Side.SERVICE, cause=Cause.VEHICLE)
    coordination = logged_in(cast.coordinator)
    assert "1 passage." in page(coordination, "/pilotage/service/?voir=a-rattraper")

    shown = post(
        coordination, f"/pilotage/service/passages/{visit.pk}/rattraper/", date="2026-12-02", half="PM", post=visit.post_id
    )

    assert "Rattrapage prévu le mercredi 2 décembre 2026, après-midi" in shown
    assert "Rien n’est à rattraper." in page(coordination, "/pilotage/service/?voir=a-rattraper")


def test_both_agree_to_do_without(cast: Cast, visit: Visit, logged_in: LogIn) -> None:
    shown = post(
        logged_in(cast.coordinator), f"/pilotage/service/passages/{visit.pk}/abandonner/", side="commune", reason="fête locale"
    )

    assert "Abandonné d’un commun accord" in shown


def test_the_page_of_a_visit_counts_appointments_and_names_nobody(cast: Cast, visit: Visit, logged_in: LogIn) -> None:
    book_appointment(actor=SYSTEM, visit=visit, slot=1, person=resident("Secret"))

    shown = page(logged_in(cast.coordinator), f"/pilotage/service/passages/{visit.pk}/")

    assert "<dt>Rendez-vous</dt> <dd>1</dd>" in shown
    assert "Secret" not in shown


@pytest.mark.parametrize("looking", ["semaine", "a-confirmer", "sans-suite", "tous", "autre", ""])
def test_each_list_asks_as_much_for_one_visit_as_for_many(cast: Cast, visit: Visit, logged_in: LogIn, looking: str) -> None:
    client, address = logged_in(cast.coordinator), f"/pilotage/service/?voir={looking}&commune=&etat=planned"
    make_visit(cast, cast.denain, day(11, 17), "PM")
    few = queries_of(client, address)
    for number in (10, 12, 25, 26, 27):
        make_visit(cast, cast.denain, day(11, number), "PM")

    assert queries_of(client, address) == few


def test_a_point_goes_from_the_field_to_the_file_of_the_convention(
    cast: Cast, visit: Visit, logged_in: LogIn, settings: Settings
) -> None:
    settings.ESCALE_TODAY = day(11, 25)
    point = note_point(actor=cast.mediator, visit=visit, kind=PointKind.NOT_HEATED, words="9 degrés")
    desk, lawyer = logged_in(cast.desk), logged_in(cast.lawyer)
    assert "9 degrés" in page(desk, "/mairie/points/")

    post(desk, f"/mairie/points/{point.pk}/repondre/disputed/")
    address = f"/pilotage/service/points/{point.pk}/"
    assert "Noter d’abord l’échange amiable" in post(lawyer, f"{address}verser/")
    assert "échange amiable est noté" in post(lawyer, address, on="2026-11-25", words="appel au maire")
    assert "Versé au dossier" in post(lawyer, f"{address}verser/")

    assert "Versé au dossier" in page(desk, "/mairie/points/")
    assert logged_in(cast.coordinator).post(f"{address}verser/").status_code == 403
    assert Point.objects.get().answer == "disputed"


def test_a_mairie_notes_that_nobody_came_and_the_coordination_answers(
    cast: Cast, visit: Visit, logged_in: LogIn, settings: Settings
) -> None:
    settings.ESCALE_TODAY = day(11, 24)
    desk, coordination = logged_in(cast.desk), logged_in(cast.coordinator)

    post(desk, f"/mairie/passages/{visit.pk}/point/", kind="absent", words="porte ouverte à 14 h")

    point = Point.objects.get()
    assert "pas venu·e" in page(coordination, "/pilotage/service/points/")
    assert "Réponse notée" in post(coordination, f"/pilotage/service/points/{point.pk}/repondre/agreed/")
    assert desk.post(f"/mairie/points/{point.pk}/repondre/agreed/").status_code == 403
    assert coordination.post(f"/pilotage/service/points/{point.pk}/repondre/autre/").status_code == 404


def test_another_mairie_reaches_neither_the_visit_nor_its_points(cast: Cast, logged_in: LogIn, settings: Settings) -> None:
    settings.ESCALE_TODAY = day(11, 25)
    visit = make_visit(cast, cast.denain, day(11, 24), "PM")
    point = note_point(actor=cast.mediator, visit=visit, kind=PointKind.NOT_OPENED)
    desk = logged_in(cast.desk)

    for address in (f"/mairie/passages/{visit.pk}/preparer/", f"/mairie/passages/{visit.pk}/point/"):
        assert desk.get(address).status_code == 404
    assert desk.post(f"/mairie/points/{point.pk}/repondre/agreed/").status_code == 404
    assert "lieu n’était pas ouvert" not in page(desk, "/mairie/points/")
