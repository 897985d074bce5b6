"""Those who come to a workshop, or wait, are written to once for each change; the mairie calls whom no message reaches."""

from __future__ import annotations

import pytest

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.models import Entry
from escale.apps.booking.kinds import Channel
from escale.apps.messaging.gsm import MOST, gsm_length
from escale.apps.messaging.models import Message
from escale.apps.messaging.tasks import deliver
from escale.apps.territory.models import Commune, Mairie
from escale.apps.workshops.actions import cancel_workshop, withdraw_person
from escale.apps.workshops.models import Registration, Workshop
from tests.apps.booking.service import Clock
from tests.apps.messaging.conftest import gateway, sms_folder
from tests.apps.messaging.gateway import Gateway
from tests.apps.workshops.service import fill, register

__all__ = ["gateway", "sms_folder"]
pytestmark = pytest.mark.django_db
MOBILE = {"channel": Channel.PHONE, "contact": "06 12 34 56 78"}


def send_all() -> None:
    for entry in Entry.objects.filter(event="messaging.message_queued"):
        deliver.func(entry.pk)


def test_who_gets_a_place_is_told_by_text_message(workshop: Workshop, oisy: Commune, desk_oisy: User) -> None:
    Mairie.objects.create(commune=oisy, phone="03 27 00 00 01")
    first, *_ = fill(desk_oisy, workshop, oisy)
    register(desk_oisy, workshop, oisy, "Patient", **MOBILE)

    withdraw_person(actor=desk_oisy, registration=first)

    message = Message.objects.get()
    assert (message.channel, message.not_after) == ("sms", workshop.begins_at)
    assert message.body.startswith("Atelier numérique : une place est à vous mardi 12 janvier ")
    assert message.body.endswith("Mairie : 03 27 00 00 01")
    assert gsm_length(message.body) <= MOST
    assert "Patient" not in message.body


def test_a_cancellation_is_written_to_those_who_come_and_those_who_wait_and_replaces_what_waits(
    workshop: Workshop, oisy: Commune, desk_oisy: User
) -> None:
    first, *_ = fill(desk_oisy, workshop, oisy)
    register(desk_oisy, workshop, oisy, "Patient", **MOBILE)
    register(desk_oisy, workshop, oisy, "Courriel", channel=Channel.EMAIL, contact="jean@exemple.fr")
    withdraw_person(actor=desk_oisy, registration=first)

    cancel_workshop(actor=SYSTEM, workshop=workshop, reason="la salle est fermée")

    assert sorted(Message.objects.values_list("state", "channel")) == [("dropped", "sms"), ("queued", "email"), ("queued", "sms")]
    letter = Message.objects.get(channel="email")
    assert letter.subject == "Votre atelier numérique est annulé : mardi 12 janvier 2027"


def test_whom_no_message_reaches_is_on_the_list_of_the_mairie(
    workshop: Workshop, oisy: Commune, desk_oisy: User, gateway: Gateway, clock: Clock
) -> None:
    gateway.status = 400
    fixed = register(desk_oisy, workshop, oisy, "Fixe", channel=Channel.PHONE, contact="03 27 12 34 56")
    wrong = register(desk_oisy, workshop, oisy, "Faux", **MOBILE)

    cancel_workshop(actor=SYSTEM, workshop=workshop, reason="la salle est fermée")
    send_all()

    assert set(Registration.objects.to_tell()) == {fixed, wrong}
    assert set(Registration.objects.values_list("news", flat=True)) == {"cancelled"}
