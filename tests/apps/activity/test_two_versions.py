"""Two people told one thing otherwise: both versions are shown, and the one that was chosen replaces the other."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest

from escale.apps.accounts.models import User
from escale.apps.activity.sync import BatchAnswer, receive_batch
from escale.apps.booking.actions import mark_honoured
from escale.apps.booking.models import Appointment
from escale.apps.visits.models import Holding, Visit
from tests.apps.activity.writing import batch, item
from tests.apps.booking.service import Clock, book

pytestmark = pytest.mark.django_db


def outcomes(answer: BatchAnswer) -> list[str]:
    return [found.outcome.value for found in answer.items]


def mark(appointment: Appointment, at: dt.datetime, **said: Any) -> dict[str, Any]:
    named = {"sort": "mark", "key": str(uuid.uuid4()), "appointment": str(appointment.uid), "entered_at": at.isoformat()}
    return {**named, "is_present": "non", **said}


@pytest.fixture
def appointment(desk_oisy: User, visit: Visit, clock: Clock) -> Appointment:
    clock.go("2027-01-04")
    found = book(desk_oisy, visit)
    clock.go("2027-01-05", "16:45")
    return found


def test_what_was_said_of_an_appointment_since_the_tap_is_not_overwritten(
    ines: User, appointment: Appointment, clock: Clock
) -> None:
    tapped = clock()
    clock.go("2027-01-05", "17:00")
    mark_honoured(actor=ines, appointment=appointment)

    answer = receive_batch(actor=ines, batch=batch(mark(appointment, tapped), sent_at=clock()))

    appointment.refresh_from_db()
    assert outcomes(answer) == ["conflict"]
    assert (answer.items[0].kept, answer.items[0].given) == ({"is_present": True}, {"is_present": False})
    assert appointment.state == "honoured"


def test_the_mark_that_was_chosen_replaces_the_other(ines: User, appointment: Appointment, clock: Clock) -> None:
    tapped = clock()
    clock.go("2027-01-05", "17:00")
    mark_honoured(actor=ines, appointment=appointment)

    answer = receive_batch(actor=ines, batch=batch(mark(appointment, tapped, replaces=True), sent_at=clock()))

    appointment.refresh_from_db()
    assert (outcomes(answer), appointment.state) == (["accepted"], "absent")


def test_a_thumb_that_slips_and_corrects_itself_is_no_conflict(ines: User, appointment: Appointment, clock: Clock) -> None:
    tapped = clock()
    clock.go("2027-01-05", "17:00")

    answer = receive_batch(
        actor=ines, batch=batch(mark(appointment, tapped, is_present="oui"), mark(appointment, tapped + dt.timedelta(minutes=1)))
    )

    appointment.refresh_from_db()
    assert (outcomes(answer), appointment.state) == (["accepted", "accepted"], "absent")


def test_the_closing_that_was_chosen_replaces_the_other(ines: User, visit: Visit, clock: Clock) -> None:
    clock.go("2027-01-05", "17:30")
    closing = item(visit, "closing", started="14:00", ended="17:00", was_heated="oui")
    receive_batch(actor=ines, batch=batch(closing))
    other = {**closing, "ended": "16:30"}

    shown = receive_batch(actor=ines, batch=batch(other))
    chosen = receive_batch(actor=ines, batch=batch({**other, "replaces": True}))

    assert (outcomes(shown), outcomes(chosen)) == (["conflict"], ["accepted"])
    ended = Holding.objects.get().ended_at
    assert ended is not None
    assert ended.astimezone(clock().tzinfo).minute == 30
