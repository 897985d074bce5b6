"""Who sees which appointment: the desks of the two communes, the mediator of the visit; names stay with them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from escale.apps.accounts.models import User
from escale.apps.audit.models import Entry
from escale.apps.booking.actions import cancel_appointment, correct_appointment, mark_absent, reveal_people, tick_telling
from escale.apps.booking.kinds import CancelledBy
from escale.apps.booking.models import Appointment, Telling
from escale.apps.booking.queries import appointments_of
from escale.apps.team.models import Mediator, Occupancy
from escale.apps.territory.models import Epci
from escale.apps.visits.models import Visit
from tests.apps.booking.service import Clock, book, resident

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(visit: Visit, coordinator: User) -> Appointment:
    return book(coordinator, visit)


def test_the_appointment_of_another_commune_is_invisible(
    row: Appointment, tom: User, referent_bousignies: User, reader: User, lawyer: User, stranger: User
) -> None:
    for actor in (tom, referent_bousignies, reader, lawyer, stranger):
        assert not Appointment.objects.visible_to(actor).exists()
        assert not Telling.objects.visible_to(actor).exists()


def test_nobody_else_changes_it(row: Appointment, tom: User, referent_bousignies: User, stranger: User) -> None:
    for actor in (tom, referent_bousignies, stranger):
        with pytest.raises(PermissionDenied):
            cancel_appointment(actor=actor, appointment=row, by=CancelledBy.PERSON)
        with pytest.raises(PermissionDenied):
            correct_appointment(actor=actor, appointment=row, person=resident("Autre"))
        with pytest.raises(PermissionDenied):
            mark_absent(actor=actor, appointment=row)
        with pytest.raises(PermissionDenied):
            tick_telling(actor=actor, telling=Telling.objects.get())
    assert Appointment.objects.get().person == "Jean Exemple"


def test_those_concerned_see_it(row: Appointment, desk_oisy: User, referent_oisy: User, ines: User, coordinator: User) -> None:
    for actor in (desk_oisy, referent_oisy, ines, coordinator):
        assert list(Appointment.objects.visible_to(actor)) == [row]
        assert Telling.objects.visible_to(actor).count() == 1


def test_the_coordination_reads_no_name_without_saying_why(
    row: Appointment, visit: Visit, coordinator: User, desk_oisy: User
) -> None:
    assert [line.person for line in appointments_of(coordinator, visit)] == [""]
    assert [line.person for line in appointments_of(desk_oisy, visit)] == ["Jean Exemple"]

    with pytest.raises(ValidationError, match="pourquoi"):
        reveal_people(actor=coordinator, visit=visit, reason=" ")
    with pytest.raises(PermissionDenied):
        reveal_people(actor=desk_oisy, visit=visit, reason="curiosité")
    assert [one.person for one in reveal_people(actor=coordinator, visit=visit, reason="Inès est malade")] == ["Jean Exemple"]

    entry = Entry.objects.get(event="booking.people_revealed")
    assert (entry.actor, entry.details) == (coordinator.actor_id, {"reason": "Inès est malade", "appointments": 1})


def test_a_mediator_sees_it_for_as_long_as_they_hold_the_post_and_thirty_days_after(
    epci: Epci, row: Appointment, ines: User, tom: User, clock: Clock
) -> None:
    clock.go("2027-02-04")
    assert Appointment.objects.visible_to(ines).exists()
    clock.go("2027-02-05")
    assert not Appointment.objects.visible_to(ines).exists()

    clock.go("2026-12-01")
    Occupancy.objects.update(ends=dt.date(2026, 12, 31))
    successor = Mediator.objects.create(epci=epci, first_name="Tom", last_name="Delattre", user=tom)
    Occupancy.objects.create(post=Occupancy.objects.get().post, mediator=successor, starts=dt.date(2027, 1, 1))
    assert [Appointment.objects.visible_to(one).exists() for one in (ines, tom)] == [False, True]


def test_a_mediator_whose_role_is_over_sees_nothing(row: Appointment, ines: User, desk_oisy: User) -> None:
    ines.roles.update(ends=dt.date(2026, 11, 30))
    desk_oisy.roles.update(ends=dt.date(2026, 11, 30))

    for actor in (ines, desk_oisy):
        assert not Appointment.objects.visible_to(actor).exists()
