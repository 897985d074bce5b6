"""Contacts go after 90 days, names after 12 months; the places that were taken stay counted."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.territory.models import Commune
from escale.apps.workshops.actions import correct_registration, forget_contacts, forget_people, register_person
from escale.apps.workshops.models import Registration, Workshop
from escale.config.due import daily
from tests.apps.workshops.service import DAY, attendee, by_phone


@pytest.fixture
def row(desk_oisy: User, workshop: Workshop, oisy: Commune) -> Registration:
    return register_person(actor=desk_oisy, workshop=workshop, commune=oisy, person=by_phone())


@pytest.mark.parametrize(("days", "contact"), [(90, "06 12 34 56 78"), (91, "")])
def test_contacts_go_after_ninety_days(row: Registration, days: int, contact: str) -> None:
    forget_contacts(actor=SYSTEM, on=DAY + dt.timedelta(days=days))

    row.refresh_from_db()
    assert (row.contact, row.name) == (contact, "Exemple")


@pytest.mark.parametrize(("day", "name"), [("2028-01-12", "Exemple"), ("2028-01-13", "")])
def test_names_go_after_twelve_months(row: Registration, day: str, name: str) -> None:
    forget_people(actor=SYSTEM, on=dt.date.fromisoformat(day))

    row.refresh_from_db()
    assert (row.name, row.state) == (name, "registered")


def test_what_is_forgotten_is_not_written_again(desk_oisy: User, row: Registration) -> None:
    forget_contacts(actor=SYSTEM, on=dt.date(2027, 6, 1))

    with pytest.raises(ValidationError, match="ne s’écrit plus"):
        correct_registration(actor=desk_oisy, registration=row, person=attendee())


def test_only_the_system_forgets(coordinator: User, row: Registration) -> None:
    with pytest.raises(PermissionDenied):
        forget_contacts(actor=coordinator, on=dt.date(2027, 6, 1))


def test_the_daily_round_forgets(row: Registration) -> None:
    assert daily(dt.datetime(2028, 2, 1, 3, 0, tzinfo=dt.UTC)) == []

    row.refresh_from_db()
    assert (row.person, row.contact, row.person_forgotten) == ("", "", True)
