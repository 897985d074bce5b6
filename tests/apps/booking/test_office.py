"""What is very specific is received at the office, on the afternoons on which the post goes nowhere (art. 4)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from escale.apps.accounts.models import User
from escale.apps.booking.actions import book_at_office, leave_demande
from escale.apps.booking.models import HeldSlot
from escale.apps.booking.offices import office_afternoons
from escale.apps.booking.queries import hours_of
from escale.apps.team.models import Leave, Mediator, Post
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.models import Visit
from tests.apps.booking.service import resident

pytestmark = pytest.mark.django_db
TUESDAY = dt.date(2027, 1, 12)


def test_the_office_is_open_on_the_afternoons_without_a_visit_a_holiday_or_a_leave(epci: Epci, visit: Visit, post: Post) -> None:
    Leave.objects.create(mediator=Mediator.objects.get(), starts=dt.date(2026, 12, 30), ends=dt.date(2026, 12, 31))

    found = office_afternoons(epci, dt.date(2026, 12, 28), dt.date(2027, 1, 8))

    # Mondays and week-ends are closed, 1 January is a holiday, Oisy and Bousignies have their visits on the 5th and the 7th.
    assert [str(afternoon.date) for afternoon in found] == ["2026-12-29", "2027-01-06", "2027-01-08"]
    assert [str(slot.hours) for slot in found[0].slots][:2] == ["14:00-14:30", "14:30-15:00"]


def test_someone_is_booked_at_the_office(visit: Visit, oisy: Commune, post: Post, desk_oisy: User) -> None:
    row = book_at_office(actor=desk_oisy, commune=oisy, post=post, date=TUESDAY, slot=3, count=2, who=resident())

    assert (row.kind, row.day, str(hours_of(row))) == ("office", TUESDAY, "15:00-16:00")
    with pytest.raises(ValidationError, match="n’est pas libre"):
        book_at_office(actor=desk_oisy, commune=oisy, post=post, date=TUESDAY, slot=4, who=resident("Autre"))
    with pytest.raises(IntegrityError), transaction.atomic():
        HeldSlot.objects.create(appointment=row, post=post, date=TUESDAY, half="PM", number=3)


def test_someone_who_waits_is_booked_there_once(visit: Visit, oisy: Commune, post: Post, desk_oisy: User) -> None:
    demande = leave_demande(actor=desk_oisy, commune=oisy, person=resident("Patient"))

    row = book_at_office(actor=desk_oisy, commune=oisy, post=post, date=TUESDAY, slot=1, who=demande)

    demande.refresh_from_db()
    assert (row.person, demande.state, demande.outcome) == ("Jean Patient", "met", "office")
    with pytest.raises(ValidationError, match="n’attend plus"):
        book_at_office(actor=desk_oisy, commune=oisy, post=post, date=TUESDAY, slot=2, who=demande)


@pytest.mark.parametrize("date", ["2027-01-11", "2027-01-05", "2027-01-16"])
def test_nobody_is_at_the_office_on_other_days(date: str, visit: Visit, oisy: Commune, post: Post, desk_oisy: User) -> None:
    with pytest.raises(ValidationError, match="Personne n’est au bureau"):
        book_at_office(actor=desk_oisy, commune=oisy, post=post, date=dt.date.fromisoformat(date), slot=1, who=resident())


def test_only_who_books_for_the_commune_does(visit: Visit, oisy: Commune, post: Post, referent_bousignies: User) -> None:
    with pytest.raises(PermissionDenied):
        book_at_office(actor=referent_bousignies, commune=oisy, post=post, date=TUESDAY, slot=1, who=resident())
