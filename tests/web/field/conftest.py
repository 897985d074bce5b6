"""Camille holds the afternoon of 23 November 2026 in Oisy, where Jean has an appointment; it is a quarter to five."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.booking.actions import book_appointment
from escale.apps.booking.models import Appointment
from escale.apps.booking.people import Person
from escale.apps.schedule.models import Participation, Standing
from escale.apps.team.models import Mediator
from escale.apps.visits.models import Visit
from escale.core.booking.motives import Motive
from tests.web.cast import Cast
from tests.web.visiting import TODAY, make_visit


@pytest.fixture(autouse=True)
def _at_a_quarter_to_five(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ESCALE_TODAY = None
    now = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)


@pytest.fixture
def visit(cast: Cast) -> Visit:
    Mediator.objects.filter(pk=cast.camille.pk).update(user=cast.mediator)
    Participation.objects.create(epci=cast.epci, commune=cast.oisy, standing=Standing.FIRM.value, starts=dt.date(2026, 1, 5))
    return make_visit(cast, cast.oisy, TODAY, "PM")


@pytest.fixture
def appointment(visit: Visit) -> Appointment:
    person = Person(first_name="Jean", name="Exemple", motive=Motive.HOUSING)
    return book_appointment(actor=SYSTEM, visit=visit, slot=1, person=person)


@pytest.fixture
def client(cast: Cast, appointment: Appointment, logged_in: Callable[[User], Client], monkeypatch: pytest.MonkeyPatch) -> Client:
    later = dt.datetime(2026, 11, 23, 15, 45, tzinfo=dt.UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    return logged_in(cast.mediator)
