"""The round of the day erases contacts after ninety days and names after twelve months; what is left says that someone came."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.models import Entry
from escale.apps.booking.actions import (
    correct_appointment,
    forget_contacts,
    forget_people,
    leave_demande,
    transmit_what_waits,
    withdraw_demande,
)
from escale.apps.booking.kinds import Need
from escale.apps.booking.models import Appointment, Demande
from escale.apps.team.models import Occupancy
from escale.apps.territory.models import Commune
from escale.apps.visits.models import Visit
from tests.apps.booking.service import Clock, book, reached_by_phone, resident

pytestmark = pytest.mark.django_db


def daily(clock: Clock, day: str) -> None:
    clock.go(day)
    call_command("daily", "--on", day)


def test_a_contact_goes_ninety_days_after_the_appointment(visit: Visit, desk_oisy: User, clock: Clock) -> None:
    row = book(desk_oisy, visit, person=reached_by_phone())

    daily(clock, "2027-04-05")
    row.refresh_from_db()
    assert row.contact == "06 12 34 56 78"

    daily(clock, "2027-04-06")
    row.refresh_from_db()
    assert (row.contact, row.contact_forgotten, row.person) == ("", True, "Jean Exemple")
    with pytest.raises(ValidationError, match="ne s’écrit plus"):
        correct_appointment(actor=SYSTEM, appointment=row, person=resident())


def test_a_name_goes_twelve_months_after_the_appointment(visit: Visit, desk_oisy: User, clock: Clock) -> None:
    row = book(desk_oisy, visit, person=reached_by_phone(needs=frozenset({Need.WHEELCHAIR})))

    daily(clock, "2028-01-05")
    row.refresh_from_db()
    assert row.person == "Jean Exemple"

    daily(clock, "2028-01-06")
    row.refresh_from_db()
    assert (row.person, row.needs, row.motive, row.state) == ("", frozenset(), "PAPERS", "booked")


def test_forty_nights_without_a_round_change_nothing(visit: Visit, desk_oisy: User, clock: Clock) -> None:
    row = book(desk_oisy, visit, person=reached_by_phone())

    day = dt.date(2029, 3, 1)
    assert [forget_people(actor=SYSTEM, on=day) for _ in range(2)] == [1, 0]
    assert forget_contacts(actor=SYSTEM, on=day) == 0

    row.refresh_from_db()
    assert (row.person, row.contact) == ("", "")
    assert Entry.objects.filter(event="booking.people_forgotten").count() == 1


def test_a_request_is_forgotten_after_it_was_closed_and_one_that_waits_a_year_is_unmet(
    visit: Visit, oisy: Commune, desk_oisy: User, clock: Clock
) -> None:
    closed = leave_demande(actor=desk_oisy, commune=oisy, person=reached_by_phone("Parti"))
    withdraw_demande(actor=desk_oisy, demande=closed)
    waiting = leave_demande(actor=desk_oisy, commune=oisy, person=reached_by_phone("Patient"))

    daily(clock, "2027-03-03")
    assert list(Demande.objects.order_by("pk").values_list("contact", flat=True)) == ["", "06 12 34 56 78"]

    daily(clock, "2027-12-03")
    for row in (closed, waiting):
        row.refresh_from_db()
    assert (closed.person, waiting.person, waiting.state) == ("", "", "unmet")


def test_the_database_keeps_no_contact_of_whom_it_forgot(visit: Visit, desk_oisy: User) -> None:
    row = book(desk_oisy, visit, person=reached_by_phone())

    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.filter(pk=row.pk).update(person_forgotten=True)


def test_only_the_installation_forgets(coordinator: User) -> None:
    for forget in (forget_contacts, forget_people):
        with pytest.raises(PermissionDenied):
            forget(actor=coordinator, on=dt.date(2030, 1, 1))


def test_what_waited_for_a_mediator_is_transmitted_by_the_round(visit: Visit, desk_oisy: User, clock: Clock) -> None:
    Occupancy.objects.update(ends=dt.date(2026, 12, 31))
    row = book(desk_oisy, visit)
    assert transmit_what_waits(actor=SYSTEM) == 0

    Occupancy.objects.update(ends=None)
    clock.go("2026-12-03")
    call_command("tick", "--on", "2026-12-03")

    row.refresh_from_db()
    assert row.transmitted_at == clock.now
    assert Entry.objects.get(event="booking.transmitted").details == {"minutes": 48 * 60, "late": True}
