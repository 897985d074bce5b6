"""A letter is written, queued, sent by a real server in plain UTF-8, and forgotten; what cannot leave says why."""

from __future__ import annotations

import datetime as dt
import socket

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.models import Entry
from escale.apps.messaging.actions import send_message
from escale.apps.messaging.labels import MESSAGE_STATES
from escale.apps.messaging.models import Message, MessageState
from escale.apps.messaging.queries import last_messages, messages_about
from escale.apps.messaging.tasks import DELAYS, deliver, deliver_again
from escale.apps.territory.models import Epci
from tests.apps.messaging.conftest import PostOffice

pytestmark = pytest.mark.django_db
WORDS = "Bonjour,\n\nVotre réponse compte : cœur, « Œuvre », 100 €.\nhttps://exemple.fr/repondre/cle/\n"


def write(epci: Epci, to: str = "mairie@exemple.fr", about: str = "link:1") -> Message:
    return send_message(actor=SYSTEM, epci=epci, to=to, subject="Votre avis, s’il vous plaît", body=WORDS, about=about)


def run_delivery() -> Message:
    deliver.func(Entry.objects.get(event="messaging.message_queued").pk)
    return Message.objects.get()


def test_a_letter_is_queued_with_its_task(epci: Epci) -> None:
    message = write(epci)

    assert message.state == MessageState.QUEUED
    assert DBTaskResult.objects.get().task_name == "deliver"


def test_it_arrives_in_plain_text_with_its_accents(epci: Epci, post_office: PostOffice) -> None:
    write(epci)

    run_delivery()

    (letter,) = post_office.letters
    assert letter.get_content_type() == "text/plain"
    assert letter.get_content_charset() == "utf-8"
    assert letter["To"] == "mairie@exemple.fr"
    assert letter["Subject"] == "Votre avis, s’il vous plaît"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content().replace("\r\n", "\n") == WORDS


def test_its_text_is_forgotten_once_it_left(epci: Epci, post_office: PostOffice) -> None:
    write(epci)

    message = run_delivery()

    assert (message.state, message.body, message.error) == (MessageState.SENT, "", "")
    assert message.sent_at is not None


def test_it_is_not_sent_twice_by_a_task_that_runs_again(epci: Epci, post_office: PostOffice) -> None:
    write(epci)

    run_delivery()
    run_delivery()

    assert len(post_office.letters) == 1


def test_an_address_that_the_server_refuses_fails_at_once_with_its_reason(epci: Epci, post_office: PostOffice) -> None:
    post_office.reply = "550 boîte inconnue ici"
    write(epci)

    message = run_delivery()

    assert message.state == MessageState.FAILED
    assert "550" in message.error
    assert "refusé" in message.error
    assert message.body == ""
    assert not DBTaskResult.objects.filter(task_path__endswith="deliver_again").exists()
    assert Entry.objects.filter(event="messaging.message_failed").exists()


def test_a_server_that_is_busy_is_tried_again_later_and_later(epci: Epci, post_office: PostOffice) -> None:
    post_office.reply = "451 later"
    write(epci)

    message = run_delivery()

    assert message.state == MessageState.QUEUED
    assert "451" in message.error
    again = DBTaskResult.objects.get(task_path__endswith="deliver_again")
    assert again.args_kwargs["args"] == [message.pk, 1]
    assert dt.timedelta(0) < again.run_after - timezone.now() <= DELAYS[0]
    assert list(DELAYS) == sorted(DELAYS)


def test_a_letter_that_was_delayed_leaves_when_the_server_is_ready(epci: Epci, post_office: PostOffice) -> None:
    post_office.reply = "451 later"
    message = write(epci)
    run_delivery()

    post_office.reply = "250 OK"
    deliver_again.func(message.pk, 1)

    message.refresh_from_db()
    assert message.state == MessageState.SENT
    assert len(post_office.letters) == 1


def test_a_server_that_is_away_too_long_fails_the_letter(epci: Epci, settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings.EMAIL_PORT = taken.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS = "127.0.0.1", False
    message = write(epci)

    deliver_again.func(message.pk, len(DELAYS))

    message.refresh_from_db()
    assert message.state == MessageState.FAILED
    assert "ne répond pas" in message.error


@pytest.mark.parametrize("to", ["", "mairie", "mairie@", "a b@exemple.fr", "x@exemple.fr\nBcc: y@exemple.fr", "a@b@c.fr"])
def test_a_bad_address_is_refused_in_french_and_writes_nothing(epci: Epci, to: str) -> None:
    with pytest.raises(ValidationError) as refused:
        write(epci, to)

    assert "adresse électronique" in refused.value.message_dict["to"][0]
    assert "mairie@exemple.fr" in refused.value.message_dict["to"][0]
    assert not Message.objects.exists()


def test_the_log_holds_neither_the_address_nor_the_text(epci: Epci) -> None:
    write(epci)

    details = str(list(Entry.objects.values_list("details", flat=True)))
    assert "exemple.fr" not in details


def test_only_the_coordinator_sends_and_sees_letters(epci: Epci, referent_oisy: User, coordinator: User, lawyer: User) -> None:
    with pytest.raises(PermissionDenied):
        send_message(actor=referent_oisy, epci=epci, to="a@exemple.fr", subject="x", body="y", about="z")
    send_message(actor=coordinator, epci=epci, to="a@exemple.fr", subject="x", body="y", about="z")

    assert len(last_messages(coordinator, epci)) == 1
    assert last_messages(lawyer, epci) == last_messages(referent_oisy, epci) == []


def test_messages_are_found_by_what_they_are_about_in_one_query(epci: Epci) -> None:
    first, second = write(epci, about="link:1"), write(epci, "autre@exemple.fr", about="link:1")
    other = write(epci, about="link:2")

    with CaptureQueriesContext(connection) as captured:
        found = messages_about(SYSTEM, epci, ["link:1", "link:2", "link:3"])

    assert found == {"link:1": [second, first], "link:2": [other]}
    assert len(captured) == 1


def test_every_state_has_its_french_words() -> None:
    assert set(MESSAGE_STATES) == set(MessageState)
