"""Trainings and habilitations: dates of people and of the structure, hours of twelve months, who is late."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.team.actions import (
    add_mediator,
    book_room,
    occupy_post,
    open_meeting_room,
    open_post,
    record_habilitation,
    record_structure_habilitation,
    record_training,
    remove_training,
)
from escale.apps.team.models import Habilitation, Mediator, Occupancy, StructureHabilitation, Training
from escale.apps.team.skills import SkillLine, skill_lines
from escale.apps.territory.models import Commune, Epci
from escale.core.calendar.halfdays import Half
from escale.core.team.habilitation import HabilitationState

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 23)
HIRED = dt.date(2026, 9, 1)


@pytest.fixture(autouse=True)
def _frozen(settings: Settings) -> None:
    settings.ESCALE_TODAY = TODAY


@pytest.fixture
def mediator(epci: Epci, oisy: Commune) -> Mediator:
    mediator = add_mediator(actor=SYSTEM, epci=epci, first_name="Inès", last_name="Carlier")
    post = open_post(actor=SYSTEM, epci=epci, label="Poste 1", base=oisy)
    occupy_post(actor=SYSTEM, post=post, mediator=mediator, starts=HIRED)
    return mediator


def line(day: dt.date) -> SkillLine:
    (found,) = skill_lines(Occupancy.objects.all(), day, grace=lambda _epci: 180)
    return found


def test_someone_hired_in_september_is_late_on_the_first_of_march(mediator: Mediator) -> None:
    assert (line(dt.date(2027, 2, 28)).is_overdue, line(dt.date(2027, 3, 1)).is_overdue) == (False, True)
    assert line(TODAY).state is HabilitationState.NOTHING


def test_an_habilitated_mediator_is_late_no_more(mediator: Mediator, epci: Epci, coordinator: User) -> None:
    record_structure_habilitation(actor=coordinator, epci=epci, starts=HIRED)
    record_habilitation(actor=coordinator, mediator=mediator, trained_on=dt.date(2026, 10, 5))
    assert line(TODAY).state is HabilitationState.TRAINED

    granted = {"trained_on": dt.date(2026, 10, 5), "granted_on": TODAY}
    record_habilitation(actor=coordinator, mediator=mediator, **granted)

    assert Habilitation.objects.count() == 1
    assert line(dt.date(2027, 3, 1)).is_valid


def test_nobody_is_habilitated_where_the_structure_is_not(mediator: Mediator, coordinator: User) -> None:
    with pytest.raises(ValidationError) as refusal:
        record_habilitation(actor=coordinator, mediator=mediator, trained_on=HIRED, granted_on=TODAY)

    assert set(refusal.value.message_dict) == {"granted_on"}


@pytest.mark.parametrize(
    ("dates", "field"),
    [
        ({"trained_on": None, "granted_on": TODAY}, "trained_on"),
        ({"trained_on": HIRED, "ends": TODAY}, "granted_on"),
        ({"trained_on": TODAY, "granted_on": HIRED}, "__all__"),
        ({"trained_on": HIRED, "granted_on": TODAY, "ends": HIRED}, "__all__"),
    ],
)
def test_dates_out_of_order_are_refused(mediator: Mediator, epci: Epci, dates: dict[str, Any], field: str) -> None:
    record_structure_habilitation(actor=SYSTEM, epci=epci, starts=HIRED)

    with pytest.raises(ValidationError) as refusal:
        record_habilitation(actor=SYSTEM, mediator=mediator, **dates)

    assert set(refusal.value.message_dict) == {field}
    assert not Habilitation.objects.exists()


def test_the_end_of_the_structures_habilitation_is_corrected_and_two_never_overlap(epci: Epci) -> None:
    record_structure_habilitation(actor=SYSTEM, epci=epci, starts=HIRED)
    record_structure_habilitation(actor=SYSTEM, epci=epci, starts=HIRED, ends=TODAY)

    assert StructureHabilitation.objects.get().ends == TODAY
    with pytest.raises(ValidationError, match="déjà habilitée"):
        record_structure_habilitation(actor=SYSTEM, epci=epci, starts=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        StructureHabilitation.objects.create(epci=epci, starts=TODAY)


def test_hours_of_twelve_months_are_added_up(mediator: Mediator, coordinator: User) -> None:
    for date, hours in ((dt.date(2025, 11, 23), "7"), (dt.date(2025, 11, 24), "3.5"), (TODAY, "3")):
        record_training(actor=coordinator, mediator=mediator, date=date, hours=Decimal(hours), subject=" Logiciels  libres ")

    assert line(TODAY).hours == Decimal("6.5")
    assert set(Training.objects.values_list("subject", flat=True)) == {"Logiciels libres"}


def test_a_year_in_post_without_any_training_is_told(mediator: Mediator) -> None:
    assert (line(TODAY).lacks_training, line(dt.date(2027, 9, 1)).lacks_training) == (False, True)


def test_a_training_is_held_in_a_room_booked_for_its_day(mediator: Mediator, epci: Epci, oisy: Commune) -> None:
    room = open_meeting_room(actor=SYSTEM, epci=epci, commune=oisy, name="Passerelle", address="", seats=8, starts=HIRED)
    (booking,) = book_room(actor=SYSTEM, room=room, date=TODAY, halves=[Half.AM], subject="Formation")
    told: dict[str, Any] = {"mediator": mediator, "hours": Decimal(3), "subject": "Logiciels libres", "booking": booking}

    with pytest.raises(ValidationError, match="réservée un autre jour"):
        record_training(actor=SYSTEM, date=TODAY + dt.timedelta(days=1), **told)

    assert record_training(actor=SYSTEM, date=TODAY, **told).booking == booking


def test_the_same_training_is_not_written_twice_and_may_be_taken_away(mediator: Mediator, coordinator: User) -> None:
    told: dict[str, Any] = {"mediator": mediator, "date": TODAY, "hours": Decimal(3), "subject": "Logiciels libres"}
    row = record_training(actor=coordinator, **told)
    with pytest.raises(ValidationError, match="déjà notée"):
        record_training(actor=coordinator, **told)

    remove_training(actor=coordinator, training=row)

    assert not Training.objects.exists()


@pytest.mark.parametrize("hours", ["0", "25"])
def test_hours_that_no_day_holds_are_refused(mediator: Mediator, hours: str) -> None:
    with pytest.raises(ValidationError, match="entre 0 et 24"):
        record_training(actor=SYSTEM, mediator=mediator, date=TODAY, hours=Decimal(hours), subject="Sujet")


def test_only_the_coordination_writes_them_and_communes_see_none(
    mediator: Mediator, epci: Epci, ines: User, lawyer: User, referent_oisy: User, stranger: User, coordinator: User
) -> None:
    record_training(actor=coordinator, mediator=mediator, date=TODAY, hours=Decimal(3), subject="Sujet")
    for actor in (ines, lawyer, referent_oisy, stranger):
        with pytest.raises(PermissionDenied):
            record_structure_habilitation(actor=actor, epci=epci, starts=HIRED)
        with pytest.raises(PermissionDenied):
            record_habilitation(actor=actor, mediator=mediator, trained_on=HIRED)
        with pytest.raises(PermissionDenied):
            record_training(actor=actor, mediator=mediator, date=HIRED, hours=Decimal(3), subject="Sujet")

    assert [Training.objects.visible_to(actor).count() for actor in (coordinator, ines, referent_oisy, stranger)] == [1, 1, 0, 0]
