"""A text message is queued, sent by a file or by a real service over HTTP, tried again, and its receiver forgotten."""

from __future__ import annotations

import datetime as dt
import json
import logging
import socket
import urllib.parse
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.models import Entry
from escale.apps.messaging.actions import drop_messages, forget_messages, forget_receivers, note_failed, send_message, send_sms
from escale.apps.messaging.labels import CHANNELS
from escale.apps.messaging.models import Channel, Message, MessageState
from escale.apps.messaging.sms.service import USUAL_BODY, Service, read_headers
from escale.apps.messaging.tasks import DELAYS, deliver, deliver_again
from escale.apps.territory import clock
from escale.apps.territory.models import Epci
from tests.apps.messaging.gateway import Gateway

pytestmark = pytest.mark.django_db
MOBILE, WORDS = "06 12 34 56 78", "Rendez-vous mardi à l’école, 9h-10h. Mairie : 03 27 00 00 01"
SENT = "Rendez-vous mardi à l'école, 9h-10h. Mairie : 03 27 00 00 01"


def write(epci: Epci, to: str = MOBILE, text: str = WORDS, once: str = "", not_after: dt.datetime | None = None) -> Message:
    return send_sms(actor=SYSTEM, epci=epci, to=to, text=text, about="telling:1", once=once, not_after=not_after)


def run_delivery() -> Message:
    deliver.func(Entry.objects.filter(event="messaging.message_queued").latest("pk").pk)
    return Message.objects.get()


def test_files_keep_a_line_for_each_message_that_only_the_owner_reads(epci: Epci, sms_folder: Path) -> None:
    write(epci)

    message = run_delivery()

    (file,) = sms_folder.iterdir()
    line = json.loads(file.read_text(encoding="utf-8"))
    assert (line["to"], line["text"], line["id"]) == ("+33612345678", SENT, message.provider_id)
    assert file.stat().st_mode & 0o077 == 0
    assert (message.state, message.body, message.channel) == (MessageState.SENT, "", Channel.SMS)
    assert message.sent_at is not None


def test_a_service_is_asked_as_the_configuration_says(epci: Epci, gateway: Gateway) -> None:
    write(epci)

    message = run_delivery()

    ((method, headers, body),) = gateway.asked
    assert method == "POST"
    assert headers["Authorization"] == "Bearer secret"
    assert headers["Content-Type"] == "application/json"
    assert json.loads(body) == {"to": "+33612345678", "text": SENT, "sender": "Aide"}
    assert (message.state, message.provider_id) == (MessageState.SENT, "sms-1")


def test_a_form_and_an_answer_with_many_floors_suit_too(epci: Epci, gateway: Gateway, settings: Settings) -> None:
    body, path = "recipient=$digits&message=$text&type=sms", ("messages", "0", "ref")
    settings.SMS_SERVICE = Service(url=gateway.url, method="PUT", body=body, id_path=path)
    gateway.answer = '{"messages": [{"ref": 42}]}'
    write(epci, text="Un & deux = trois ?")

    message = run_delivery()

    ((method, headers, sent),) = gateway.asked
    assert method == "PUT"
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert urllib.parse.parse_qs(sent) == {"recipient": ["33612345678"], "message": ["Un & deux = trois ?"], "type": ["sms"]}
    assert message.provider_id == "42"


@pytest.mark.parametrize("answer", ["", "OK", "[]", '{"id": null}', '{"id": {"deep": 1}}', "[[["])
def test_an_answer_without_a_name_is_a_message_that_left(epci: Epci, gateway: Gateway, answer: str) -> None:
    gateway.answer = answer
    write(epci)

    message = run_delivery()

    assert (message.state, message.provider_id) == (MessageState.SENT, "")


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_service_that_is_busy_is_tried_again(epci: Epci, gateway: Gateway, status: int) -> None:
    gateway.status = status
    write(epci)

    message = run_delivery()

    assert message.state == MessageState.QUEUED
    assert str(status) in message.error
    again = DBTaskResult.objects.get(task_path__endswith="deliver_again")
    assert dt.timedelta(0) < again.run_after - timezone.now() <= DELAYS[0]

    gateway.status = 200
    deliver_again.func(message.pk, 1)
    message.refresh_from_db()
    assert (message.state, message.error) == (MessageState.SENT, "")


def test_a_refusal_is_final_and_hides_the_number_that_it_repeats(epci: Epci, gateway: Gateway) -> None:
    gateway.status, gateway.answer = 400, '{"error": "unknown recipient +33612345678"}'
    write(epci)

    message = run_delivery()

    assert message.state == MessageState.FAILED
    assert "400" in message.error
    assert "612345678" not in message.error
    assert Entry.objects.filter(event="messaging.message_failed").exists()


def test_a_number_follows_no_redirection(epci: Epci, gateway: Gateway) -> None:
    gateway.status, gateway.location = 307, gateway.url
    write(epci)

    message = run_delivery()

    assert message.state == MessageState.FAILED
    assert len(gateway.asked) == 1


def test_a_service_that_is_away_or_too_slow_is_tried_until_the_last_time(
    epci: Epci, gateway: Gateway, settings: Settings
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nowhere = f"http://127.0.0.1:{taken.getsockname()[1]}/"
    settings.SMS_SERVICE = Service(url=nowhere)
    write(epci)
    assert run_delivery().state == MessageState.QUEUED

    gateway.pause = 1.5
    settings.SMS_SERVICE = Service(url=gateway.url, seconds=1)
    deliver_again.func(Message.objects.get().pk, len(DELAYS))

    message = Message.objects.get()
    assert message.state == MessageState.FAILED
    assert "ne répond pas" in message.error


def test_nothing_leaves_once_it_is_too_late(epci: Epci, gateway: Gateway) -> None:
    write(epci, not_after=clock.moment(epci) - dt.timedelta(minutes=1))

    message = run_delivery()

    assert message.state == MessageState.FAILED
    assert "Trop tard" in message.error
    assert not gateway.asked


@pytest.mark.parametrize("to", ["03 27 12 34 56", "09 70 12 34 56", "", "bonjour"])
def test_a_fixed_line_is_refused_with_what_to_do(epci: Epci, to: str) -> None:
    with pytest.raises(ValidationError) as refused:
        write(epci, to)

    assert "mobile" in refused.value.message_dict["to"][0]
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("text", "words"), [("é" * 161, "161 caractères"), ("€" * 81, "162 caractères"), (" 👋 ", "pas de texte")]
)
def test_what_is_not_one_message_is_refused(epci: Epci, text: str, words: str) -> None:
    with pytest.raises(ValidationError) as refused:
        write(epci, text=text)

    assert words in refused.value.message_dict["text"][0]
    assert not Message.objects.exists()


def test_what_is_written_twice_is_one_message(epci: Epci, elsewhere: Epci) -> None:
    first = write(epci, once="reminder:1")

    assert write(epci, once="reminder:1") == first
    assert write(epci) != write(epci)
    write(elsewhere, once="reminder:1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(epci=epci, to="+33612345678", channel="sms", about="x", once="reminder:1")


def test_a_message_that_has_nothing_to_say_any_more_does_not_leave(epci: Epci, gateway: Gateway) -> None:
    message = write(epci)

    assert drop_messages(actor=SYSTEM, messages=[message.pk]) == 1
    assert drop_messages(actor=SYSTEM, messages=[message.pk]) == 0

    assert run_delivery().state == MessageState.DROPPED
    assert not gateway.asked
    note_failed(actor=SYSTEM, message=message, reason="trop tard")
    assert Message.objects.get().state == MessageState.DROPPED


def test_receivers_are_forgotten_after_ninety_days_by_the_round_of_the_day(epci: Epci, sms_folder: Path) -> None:
    write(epci)
    send_message(actor=SYSTEM, epci=epci, to="jean@exemple.fr", subject="Objet", body="Texte", about="telling:2")
    for entry in Entry.objects.filter(event="messaging.message_queued"):
        deliver.func(entry.pk)
    day = timezone.now().date()

    assert forget_receivers(actor=SYSTEM, on=day + dt.timedelta(days=90)) == 0
    call_command("daily", "--on", (day + dt.timedelta(days=91)).isoformat())

    assert set(Message.objects.values_list("to", "body", "error", "provider_id", "is_anonymous")) == {("", "", "", "", True)}
    assert set(Message.objects.values_list("state", "about")) == {("sent", "telling:1"), ("sent", "telling:2")}


def test_what_never_left_is_dropped_when_its_receiver_is_forgotten(epci: Epci, referent_oisy: User, lawyer: User) -> None:
    message = write(epci)

    with pytest.raises(PermissionDenied):
        forget_messages(actor=lawyer, epci=epci, messages=[message.pk])
    assert forget_messages(actor=SYSTEM, epci=epci, messages=[message.pk]) == 1

    message.refresh_from_db()
    assert (message.state, message.to, message.body) == (MessageState.DROPPED, "", "")


def test_only_the_installation_forgets_receivers(coordinator: User) -> None:
    with pytest.raises(PermissionDenied):
        forget_receivers(actor=coordinator, on=dt.date(2030, 1, 1))


def test_no_log_holds_a_number(epci: Epci, gateway: Gateway, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    gateway.status = 500
    write(epci)
    run_delivery()

    kept = caplog.text + str(list(Entry.objects.values())) + str(list(DBTaskResult.objects.values()))
    assert "612345678" not in kept.replace(" ", "")


@pytest.mark.parametrize(
    ("url", "body"),
    [
        ("http://sms.exemple.fr/", USUAL_BODY),
        ("ftp://sms.exemple.fr/", USUAL_BODY),
        ("https://", USUAL_BODY),
        ("https://[bad", USUAL_BODY),
        ("https://sms.exemple.fr/", '{"to": "$to"}'),
        ("https://sms.exemple.fr/", '{"text": "$text"}'),
        ("https://sms.exemple.fr/", "to=$to&text=$text&x=$nothing"),
        ("https://sms.exemple.fr/", "to=$to&text=$text&price=5$"),
    ],
)
def test_a_service_that_cannot_be_asked_is_refused(url: str, body: str) -> None:
    with pytest.raises(ValueError, match=r"ESCALE_SMS_(URL|BODY)"):
        Service(url=url, body=body)


def test_headers_are_read_and_a_bad_one_is_not_repeated() -> None:
    assert read_headers("Authorization: Bearer a:b ; X-Account: 12;") == {"Authorization": "Bearer a:b", "X-Account": "12"}
    with pytest.raises(ValueError, match="ESCALE_SMS_HEADERS") as refused:
        read_headers("secret")
    assert "secret" not in str(refused.value)


def test_every_channel_has_its_french_word() -> None:
    assert set(CHANNELS) == set(Channel)
