"""Appointments follow their visit; when it goes they are cancelled, their people are told, and wait again at their place."""

from __future__ import annotations

import datetime as dt

import pytest

from escale.apps.accounts.models import User
from escale.apps.audit.models import Entry
from escale.apps.booking.actions import book_at_office, book_demande, cancel_appointment, leave_demande
from escale.apps.booking.kinds import CancelledBy
from escale.apps.booking.models import Appointment, Demande, HeldSlot, Offer, Telling
from escale.apps.booking.queries import appointments_of, people_to_tell, waiting_in
from escale.apps.team.models import Post
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.models import Visit
from tests.apps.booking.service import Clock, book, promise, reached_by_phone, resident, settle

pytestmark = pytest.mark.django_db


def test_a_visit_that_moves_takes_its_appointments_along(
    epci: Epci, visit: Visit, oisy: Commune, post: Post, desk_oisy: User
) -> None:
    row = book(desk_oisy, visit)

    settle(epci, promise(oisy, post, "2027-01-12", "AM"))

    (line,) = appointments_of(desk_oisy, visit)
    assert (line.appointment, str(line.date), str(line.hours)) == (row, "2027-01-12", "11:00-11:30")
    assert [(telling.appointment, telling.change) for telling in people_to_tell(desk_oisy, oisy)] == [(row, "moved")]
    assert Entry.objects.get(event="booking.appointments_moved").details == {"appointments": [row.pk]}


def test_what_nobody_told_in_time_leaves_the_list_once_the_day_is_over(
    epci: Epci, visit: Visit, oisy: Commune, post: Post, desk_oisy: User, clock: Clock
) -> None:
    book(desk_oisy, visit)
    settle(epci, promise(oisy, post, "2027-01-12"))

    clock.go("2027-01-12")
    assert len(people_to_tell(desk_oisy, oisy)) == 1
    clock.go("2027-01-13")
    assert people_to_tell(desk_oisy, oisy) == []


def test_a_second_move_is_told_once(epci: Epci, visit: Visit, oisy: Commune, post: Post, desk_oisy: User) -> None:
    book(desk_oisy, visit)
    for date in ("2027-01-12", "2027-01-13"):
        settle(epci, promise(oisy, post, date))

    assert Telling.objects.count() == 1


def test_a_visit_that_goes_cancels_its_appointments_and_its_people_wait_again(
    epci: Epci, visit: Visit, oisy: Commune, desk_oisy: User
) -> None:
    row = book(desk_oisy, visit, person=reached_by_phone("Patient"))

    settle(epci)

    row.refresh_from_db()
    assert (row.state, row.cancelled_by, row.reason) == ("cancelled", "service", "la salle est fermée")
    assert not HeldSlot.objects.exists()
    assert Telling.objects.get().change == "cancelled"
    (demande,) = waiting_in(desk_oisy, oisy)
    assert (demande.person, demande.contact, demande.asked_at) == (row.person, row.contact, row.asked_at)


def test_a_request_that_was_met_by_a_cancelled_visit_is_open_again(
    epci: Epci, visit: Visit, oisy: Commune, desk_oisy: User
) -> None:
    demande = leave_demande(actor=desk_oisy, commune=oisy, person=resident("Patient"))
    book_demande(actor=desk_oisy, demande=demande, visit=visit, slot=1)

    settle(epci)

    assert waiting_in(desk_oisy, oisy) == [demande]
    assert Demande.objects.count() == 1


def test_what_was_offered_on_a_visit_that_goes_is_void(epci: Epci, visit: Visit, oisy: Commune, desk_oisy: User) -> None:
    row = book(desk_oisy, visit)
    leave_demande(actor=desk_oisy, commune=oisy, person=resident("Patient"))
    cancel_appointment(actor=desk_oisy, appointment=row, by=CancelledBy.PERSON)

    settle(epci)

    assert Offer.objects.get().answer == "void"
    assert not Telling.objects.exists()


def test_what_was_offered_on_a_visit_that_moves_is_offered_again_on_its_new_day(
    epci: Epci, visit: Visit, oisy: Commune, post: Post, desk_oisy: User
) -> None:
    row = book(desk_oisy, visit)
    leave_demande(actor=desk_oisy, commune=oisy, person=resident("Patient"))
    cancel_appointment(actor=desk_oisy, appointment=row, by=CancelledBy.PERSON)

    settle(epci, promise(oisy, post, "2027-01-12"))

    assert sorted(Offer.objects.values_list("answer", flat=True)) == ["", "void"]


def test_an_afternoon_at_the_office_gives_way_to_a_visit(
    epci: Epci, visit: Visit, oisy: Commune, post: Post, desk_oisy: User, clock: Clock
) -> None:
    day = dt.date(2027, 1, 12)
    row = book_at_office(actor=desk_oisy, commune=oisy, post=post, date=day, slot=1, who=resident())

    settle(epci, promise(oisy, post, "2027-01-12"))

    row.refresh_from_db()
    assert (row.state, row.cancelled_by) == ("cancelled", "service")
    assert [telling.appointment for telling in people_to_tell(desk_oisy, oisy)] == [row]
    assert Appointment.objects.standing().count() == 0
