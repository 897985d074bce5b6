"""Places, rooms, key-holders and référents: who writes them, who sees them, what the database refuses."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.models import Entry
from escale.apps.territory.actions import (
    add_premises,
    add_room,
    change_premises,
    change_room,
    close_premises,
    end_membership,
    end_referent,
    name_referent,
    remove_key_holder,
    reopen_premises,
    set_coverage,
    set_key_holder,
)
from escale.apps.territory.models import Closure, Commune, Coverage, Epci, KeyHolder, Premises, Referent, Room
from escale.apps.territory.models.premises import Operator, Signal

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _frozen_day(settings: Settings) -> None:
    settings.ESCALE_TODAY = TODAY


@pytest.fixture
def hall(oisy: Commune) -> Premises:
    return add_premises(actor=SYSTEM, commune=oisy, name="Mairie", address="2 rue de la Mairie")


@pytest.fixture
def referent(oisy: Commune) -> Referent:
    return name_referent(actor=SYSTEM, commune=oisy, first_name="Paul", last_name="Dubois", starts=TODAY, phone="03 27 00 00 00")


def test_a_referent_describes_the_places_of_the_commune(referent_oisy: User, oisy: Commune) -> None:
    hall = add_premises(actor=referent_oisy, commune=oisy, name="Mairie", morning_start=dt.time(8, 30), steps=2)
    change_premises(actor=referent_oisy, premises=hall, steps=0, parking="place de l’Église")
    office = add_room(actor=referent_oisy, premises=hall, name="Bureau", is_private=True, is_heated=True, sockets=4)
    change_room(actor=referent_oisy, room=office, seats=3)
    for signal in (Signal.WEAK, Signal.GOOD):
        set_coverage(actor=referent_oisy, premises=hall, operator=Operator.ORANGE, signal=signal)

    hall.refresh_from_db()
    assert (hall.steps, hall.rank, office.rank) == (0, 1, 1)
    assert Coverage.objects.get().signal == "GOOD"
    changed = Entry.objects.get(event="territory.premises_changed")
    assert (changed.epci, changed.details) == ("200042190", {"changed": ["parking", "steps"]})


def test_places_and_rooms_are_in_order_of_preference(oisy: Commune, hall: Premises) -> None:
    school = add_premises(actor=SYSTEM, commune=oisy, name="École")
    rooms = [add_room(actor=SYSTEM, premises=hall, name=name) for name in ("Bureau", "Salle")]

    assert (hall.rank, school.rank, [room.rank for room in rooms]) == (1, 2, [1, 2])
    with pytest.raises(ValidationError, match="déjà cet ordre de préférence"):
        change_premises(actor=SYSTEM, premises=school, rank=1)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"name": "Mairie"}, "déjà un lieu de ce nom"),
        ({"name": "Salle", "morning_start": dt.time(13)}, "avant midi"),
        ({"name": "Salle", "afternoon_start": dt.time(9)}, "avant midi"),
        ({"name": "Salle", "latitude": 50.0}, "ensemble"),
        ({"name": ""}, "name"),
        ({"name": "Salle", "rank": 0}, "rank"),
    ],
)
def test_a_place_that_cannot_be_is_refused(fields: dict[str, object], told: str, oisy: Commune, hall: Premises) -> None:
    with pytest.raises(ValidationError, match=told):
        add_premises(actor=SYSTEM, commune=oisy, **fields)  # type: ignore[arg-type]

    assert Premises.objects.count() == 1


def test_a_field_that_a_place_has_not_is_a_mistake_of_ours(hall: Premises) -> None:
    with pytest.raises(TypeError, match="colour"):
        change_premises(actor=SYSTEM, premises=hall, colour="red")  # type: ignore[call-arg]


def test_a_closed_place_is_not_open_until_it_opens_again(hall: Premises) -> None:
    closure = close_premises(
        actor=SYSTEM, premises=hall, starts=dt.date(2026, 12, 1), ends=dt.date(2026, 12, 8), reason="travaux"
    )
    opens = [f"2026-{day}" for day in ("11-30", "12-09")]
    closes = [f"2026-{day}" for day in ("12-01", "12-08")]

    assert all(Premises.objects.open_on(dt.date.fromisoformat(day)).exists() for day in opens)
    assert not any(Premises.objects.open_on(dt.date.fromisoformat(day)).exists() for day in closes)
    assert list(Closure.objects.between(dt.date(2026, 12, 8), dt.date(2026, 12, 31))) == [closure]

    reopen_premises(actor=SYSTEM, closure=closure)
    assert Premises.objects.open_on(dt.date(2026, 12, 1)).exists()


def test_a_closure_has_a_first_and_a_last_day(hall: Premises) -> None:
    with pytest.raises(ValidationError, match="La fin est avant le début"):
        close_premises(actor=SYSTEM, premises=hall, starts=TODAY, ends=TODAY - dt.timedelta(days=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Closure.objects.create(premises=hall, starts=TODAY)


def test_two_people_hold_the_keys(referent_oisy: User, hall: Premises) -> None:
    first = set_key_holder(actor=referent_oisy, premises=hall, rank=1, name="Rose", phone="06 00 00 00 01")
    set_key_holder(actor=referent_oisy, premises=hall, rank=1, name="Marc", phone="06 00 00 00 03")
    set_key_holder(actor=referent_oisy, premises=hall, rank=2, name="Paul", phone="06 00 00 00 02")
    with pytest.raises(ValidationError, match="Deux personnes au plus"):
        set_key_holder(actor=referent_oisy, premises=hall, rank=3, name="Luc", phone="06 00 00 00 04")

    assert list(KeyHolder.objects.values_list("name", flat=True)) == ["Marc", "Paul"]
    remove_key_holder(actor=referent_oisy, holder=first)
    assert KeyHolder.objects.count() == 1


def test_a_referent_is_in_charge_from_a_day_to_another(referent: Referent) -> None:
    end_referent(actor=SYSTEM, referent=referent, ends=dt.date(2027, 3, 31))

    in_charge = [
        Referent.objects.in_charge_on(day).exists()
        for day in (TODAY - dt.timedelta(days=1), TODAY, dt.date(2027, 3, 31), dt.date(2027, 4, 1))
    ]
    assert in_charge == [False, True, True, False]


def test_a_referent_can_be_reached(oisy: Commune) -> None:
    with pytest.raises(ValidationError, match="adresse électronique ou un téléphone"):
        name_referent(actor=SYSTEM, commune=oisy, first_name="Paul", last_name="Dubois", starts=TODAY)
    with pytest.raises(ValidationError, match="email"):
        name_referent(actor=SYSTEM, commune=oisy, first_name="Paul", last_name="Dubois", starts=TODAY, email="paul à la mairie")


def test_the_audit_log_holds_no_name(referent: Referent, hall: Premises) -> None:
    set_key_holder(actor=SYSTEM, premises=hall, rank=1, name="Marguerite", phone="06 00 00 00 01")

    told = " ".join(str(entry.details) for entry in Entry.objects.all())

    assert not any(name in told for name in ("Paul", "Dubois", "Marguerite", "06 00"))


def test_a_commune_sees_its_places_and_no_other(
    referent_oisy: User, referent_bousignies: User, coordinator: User, stranger: User, hall: Premises
) -> None:
    add_room(actor=SYSTEM, premises=hall, name="Bureau")

    for rows in (Premises.objects, Room.objects):
        assert rows.visible_to(referent_oisy).exists()
        assert rows.visible_to(coordinator).exists()
        assert not rows.visible_to(referent_bousignies).exists()
        assert not rows.visible_to(stranger).exists()
    with pytest.raises(PermissionDenied):
        change_premises(actor=referent_bousignies, premises=hall, steps=1)


def test_a_front_desk_sees_the_places_and_does_not_write_them(desk_oisy: User, hall: Premises) -> None:
    assert Premises.objects.visible_to(desk_oisy).exists()
    with pytest.raises(PermissionDenied):
        change_premises(actor=desk_oisy, premises=hall, steps=1)


def test_a_reader_sees_places_and_no_names(reader: User, ines: User, hall: Premises, referent: Referent) -> None:
    set_key_holder(actor=SYSTEM, premises=hall, rank=1, name="Rose", phone="06 00 00 00 01")

    assert Premises.objects.visible_to(reader).exists()
    for rows in (Referent.objects, KeyHolder.objects):
        assert not rows.visible_to(reader).exists()
        assert rows.visible_to(ines).exists()


def test_what_is_in_a_commune_leaves_with_it(coordinator: User, oisy: Commune, hall: Premises, referent: Referent) -> None:
    end_membership(actor=SYSTEM, membership=oisy.memberships.get(), ends=TODAY - dt.timedelta(days=1))

    assert Commune.objects.visible_to(coordinator).exists()
    assert not Premises.objects.visible_to(coordinator).exists()
    assert not Referent.objects.visible_to(coordinator).exists()


@pytest.mark.parametrize(
    "row",
    [
        Coverage(operator="MINITEL", signal="GOOD"),
        Coverage(operator="FREE", signal="PERFECT"),
        Room(name="", rank=1),
        Room(name="Bureau", rank=0),
        KeyHolder(rank=3, name="Luc", phone="06"),
        KeyHolder(rank=1, name="Luc", phone=""),
    ],
    ids=str,
)
def test_the_database_refuses_what_cannot_be(row: models.Model, hall: Premises) -> None:
    row.premises = hall  # type: ignore[attr-defined]

    with pytest.raises(IntegrityError), transaction.atomic():
        type(row)._default_manager.bulk_create([row])


def test_a_list_of_fifty_places_costs_the_queries_of_one(coordinator: User, epci: Epci, oisy: Commune, hall: Premises) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            places = Premises.objects.visible_to(coordinator).select_related("commune").prefetch_related("rooms")
            assert [(str(place), [str(room) for room in place.rooms.all()]) for place in places]
        return len(queries)

    one = count()
    for number in range(50):
        add_room(actor=SYSTEM, premises=hall, name=f"Salle {number}")
        add_premises(actor=SYSTEM, commune=oisy, name=f"Lieu {number}")

    assert count() == one
