"""An afternoon at the office has its sheet: names for whoever receives, none for the coordination, one tap to say who came."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.booking.actions import book_at_office
from escale.apps.booking.models import Appointment
from escale.core.booking.states import AppointmentState
from tests.apps.booking.service import resident
from tests.web.cast import Cast
from tests.web.service.test_service import page, post
from tests.web.visiting import TODAY, day

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]


@pytest.fixture
def row(cast: Cast, settings: Settings) -> Appointment:
    """Someone of Oisy comes to the office on Wednesday."""
    settings.ESCALE_TODAY = TODAY
    cast.camille.user = cast.mediator
    cast.camille.save()
    held = cast.camille.occupancies.get().post
    return book_at_office(actor=cast.desk, commune=cast.oisy, post=held, date=day(11, 25), slot=1, who=resident("Secret"))


def test_the_mediator_reads_who_comes_and_says_who_came(
    cast: Cast, row: Appointment, logged_in: LogIn, settings: Settings
) -> None:
    mediator = logged_in(cast.mediator)
    before = page(mediator, "/terrain/bureau/")
    settings.ESCALE_TODAY = day(11, 25)

    shown = post(mediator, f"/terrain/bureau/{row.uid}/presence/", is_present="oui")

    assert "Mercredi 25 novembre 2026, Camille" in before
    assert "Secret" in before
    assert "Présent·e</button>" not in before
    assert "C’est noté." in shown
    assert Appointment.objects.get().state == AppointmentState.HONOURED


def test_the_coordination_reads_the_hour_and_the_mairie_and_nobody(cast: Cast, row: Appointment, logged_in: LogIn) -> None:
    shown = page(logged_in(cast.coordinator), "/pilotage/service/bureau/")

    assert "par la mairie d’Oisy" in shown
    assert "Secret" not in shown
    assert str(row.uid) not in shown
