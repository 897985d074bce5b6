"""The card of a commune: when the service comes, who opens, whom to call, what was said."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from escale.apps.accounts.models import User
from escale.apps.schedule.models import AnnexedPattern, Inquiry, Remark, RemarkState, Wish
from escale.apps.territory.models import KeyHolder, Premises, Referent, Room
from tests.apps.schedule.sketch import a_draft
from tests.web.counting import queries_of
from tests.web.tour.conftest import Read
from tests.web.tour.world import World, a_visit

pytestmark = pytest.mark.django_db
CARD = "/pilotage/communes/59001/"


@pytest.fixture
def hall(world: World) -> Premises:
    hall = Premises.objects.create(commune=world.abscon, name="Mairie", address="1 place Verte")
    Room.objects.create(premises=hall, name="Salle du conseil", is_private=True, sockets=4)
    KeyHolder.objects.create(premises=hall, rank=1, name="Luc Exemple", phone="03 53 01 00 14")
    Referent.objects.create(
        commune=world.abscon, first_name="Rose", last_name="Exemple", phone="03 53 01 00 12", starts=dt.date(2026, 1, 5)
    )
    return hall


def test_the_next_visit_comes_first_with_who_comes_and_where(world: World, hall: Premises, coordinator: User, read: Read) -> None:
    shown = read(coordinator, CARD)

    assert "Prochain passage mardi 6 avril 2027 , matin, 9 h – 12 h Mairie, 1 place Verte avec Camille Exemple" in shown
    assert "Jour habituel 1er mardi, matin" in shown
    assert "mardi 2 mars 2027, matin" in shown
    assert "Salle du conseil à l’abri des regards 4 prises" in shown


def test_who_has_the_key_and_whom_to_call(world: World, hall: Premises, coordinator: User, lawyer: User, read: Read) -> None:
    for user in (coordinator, lawyer):
        shown = read(user, CARD)
        assert "Rose Exemple" in shown
        assert "Qui a la clé Luc Exemple, 03 53 01 00 14" in shown


def test_a_reader_sees_the_dates_and_no_name(world: World, hall: Premises, reader: User, read: Read) -> None:
    shown = read(reader, CARD)

    assert "mardi 6 avril 2027" in shown
    for name in ("Rose", "Luc", "Camille", "03 53"):
        assert name not in shown


def test_what_was_agreed_is_told_with_its_date(world: World, reader: User, read: Read) -> None:
    AnnexedPattern.objects.create(epci=world.epci, commune=world.abscon, nth=2, weekday=3, half="AM", starts=dt.date(2026, 1, 1))

    assert "Convenu 2e jeudi, matin, depuis le 1er janvier 2026" in read(reader, CARD)


def test_what_the_mairie_said_is_read_by_the_coordinator(world: World, coordinator: User, lawyer: User, read: Read) -> None:
    inquiry = Inquiry.objects.create(epci=world.epci, first_month="2028-01", last_month="2028-12", closes_on=dt.date(2027, 5, 1))
    Wish.objects.create(
        epci=world.epci, commune=world.abscon, inquiry=inquiry, impossible=["TUE_PM"], comment="Marché le mercredi."
    )
    plan = a_draft(world.epci, number=3)
    Remark.objects.create(
        plan=plan, commune=world.abscon, text="Pas en juin.", state=RemarkState.FOLLOWED.value, answer="C’est fait."
    )

    shown = read(coordinator, CARD)

    assert "Impossible : mardi après-midi. Marché le mercredi." in shown
    assert "Pas en juin. suivie Réponse : C’est fait." in shown
    assert "sur le brouillon n° 3" in shown
    assert "Marché" not in read(lawyer, CARD)


def test_an_expected_commune_is_told_as_such_to_the_coordinator(
    world: World, coordinator: User, reader: User, read: Read
) -> None:
    assert "Commune attendue" in read(coordinator, "/pilotage/communes/59003/")
    assert "attendue" not in read(reader, "/pilotage/communes/59003/")


def test_a_commune_of_which_nothing_is_known_says_what_is_to_be_completed(world: World, coordinator: User, read: Read) -> None:
    shown = read(coordinator, "/pilotage/communes/59003/")

    assert "Aucune date publiée pour le moment" in shown
    assert "La commune nomme son référent (art. 3-1)" in shown
    assert "Aucun lieu n’est indiqué" in shown
    assert "Ni souhait ni remarque" in shown


def test_a_long_history_costs_as_many_queries(world: World, hall: Premises, coordinator: User) -> None:
    client = Client()
    client.force_login(coordinator)
    few = queries_of(client, CARD)

    for number in range(2, 30):
        place = Premises.objects.create(commune=world.abscon, name=f"Lieu {number}", rank=number)
        Room.objects.create(premises=place, name="Salle")
        KeyHolder.objects.create(premises=place, rank=1, name="Luc Exemple", phone="03 53 01 00 14")
        a_visit(world.epci, world.abscon, world.other_post, f"2026-03-{number:02}")

    assert queries_of(client, CARD) == few
