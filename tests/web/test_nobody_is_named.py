"""Fifty people come, wait, move and leave: neither trace, log, queue, calendar, subject nor address ever names one of them."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.models import Entry
from escale.apps.booking.actions import cancel_appointment, leave_demande
from escale.apps.booking.kinds import CancelledBy, Channel
from escale.apps.booking.models import Appointment, Demande
from escale.apps.booking.notices import remind_people, tell_what_waits
from escale.apps.messaging.feeds import Feed, open_feed
from escale.apps.messaging.models import Message
from escale.apps.messaging.tasks import deliver
from escale.apps.team.models import Mediator, Post
from escale.apps.territory.actions import set_setting
from escale.apps.territory.catalogue import APPOINTMENT_SLOT_MINUTES
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.models import Visit
from tests.apps.booking.service import Clock, book, promise, resident, settle
from tests.apps.messaging.conftest import PostOffice, post_office
from tests.web.desk.conftest import clock, next_door, post, visit

__all__ = ["clock", "next_door", "post", "post_office", "visit"]
pytestmark = pytest.mark.django_db
PEOPLE = 50
TOKEN = re.compile(r"zyx|wvu|55\D?5\d\D?\d\d\D?\d\d", re.IGNORECASE)
"""What each of the fifty leaves: a name « Zyx…», a first name « Wvu…», a telephone or an address with one of both."""


def person(number: int) -> Any:
    """One of the fifty, reached in one of three ways."""
    ways: tuple[dict[str, Any], ...] = (
        {"channel": Channel.PHONE, "contact": f"06 55 5{number % 10} {number:02d} 55"},
        {"channel": Channel.EMAIL, "contact": f"wvu.{number}@exemple.fr"},
        {},
    )
    return resident(f"Zyx{number}", first_name=f"Wvu{number}", **ways[number % 3])


@pytest.fixture
def lived(
    epci: Epci,
    visit: Visit,
    next_door: Visit,
    oisy: Commune,
    bousignies: Commune,
    post: Post,
    coordinator: User,
    clock: Clock,
    settings: Settings,
    tmp_path: Any,
    post_office: PostOffice,
    caplog: pytest.LogCaptureFixture,
) -> PostOffice:
    """A month with fifty people: booked, waiting, offered, moved, cancelled, told and reminded."""
    caplog.set_level(logging.DEBUG)
    settings.SMS_SERVICE, settings.SMS_FOLDER = None, tmp_path
    set_setting(actor=coordinator, epci=epci, key=APPOINTMENT_SLOT_MINUTES.key, value="15")
    rows = [book(SYSTEM, visit if number < 4 else next_door, number % 4 + 1, person(number)) for number in range(8)]
    for number in range(8, PEOPLE):
        leave_demande(actor=SYSTEM, commune=oisy if number % 2 else bousignies, person=person(number))
    for row in rows[2:6]:
        cancel_appointment(actor=SYSTEM, appointment=row, by=CancelledBy.COMMUNE)
    settle(epci, promise(oisy, post, "2027-01-12"), promise(bousignies, post, "2027-01-07"))
    for day in ("2026-12-01", "2027-01-06", "2027-01-11"):
        clock.go(day, "17:00")
        tell_what_waits(actor=SYSTEM)
        remind_people(actor=SYSTEM)
        for entry in Entry.objects.filter(event="messaging.message_queued"):
            deliver.func(entry.pk)
    return post_office


def test_nothing_that_is_kept_or_sent_names_anybody(lived: PostOffice, caplog: pytest.LogCaptureFixture) -> None:
    assert Appointment.objects.count() + Demande.objects.count() >= PEOPLE
    assert Message.objects.filter(state="sent").count() > 10
    kept = {
        "trace": list(Entry.objects.values()),
        "queue": list(DBTaskResult.objects.values("args_kwargs", "return_value", "exception_class_path", "traceback")),
        "messages": list(Message.objects.exclude(state="queued").values("subject", "body", "about", "once", "error")),
        "log": caplog.text,
        "letters": [(letter["Subject"], letter.get_content()) for letter in lived.letters],
    }

    assert {name: TOKEN.findall(str(said)) for name, said in kept.items() if TOKEN.search(str(said))} == {}


def test_no_calendar_and_no_public_page_names_anybody(
    lived: PostOffice, epci: Epci, oisy: Commune, coordinator: User, client: Client
) -> None:
    feeds = (Feed.of_territory(epci), Feed.of_commune(epci, oisy), Feed.of_mediator(Mediator.objects.get()))
    addresses = [f"/agenda/{open_feed(actor=SYSTEM, feed=feed).key}.ics" for feed in feeds]
    answers = [client.get(address) for address in (*addresses, "/", f"/communes/{oisy.slug}/")]

    assert [answer.status_code for answer in answers] == [200] * len(answers)
    for answer in answers:
        said = b"".join(answer).decode()
        assert not TOKEN.search(said)


def test_no_address_of_a_page_names_anybody(lived: PostOffice, visit: Visit, desk_oisy: User, ines: User) -> None:
    pages = {
        desk_oisy: ("/mairie/", "/mairie/rendez-vous/", "/mairie/rendez-vous/a-prevenir/", "/mairie/demandes/"),
        ines: ("/terrain/",),
    }

    named = False
    for user, addresses in pages.items():
        client = Client()
        client.force_login(user)
        for address in addresses:
            page = client.get(address).content.decode()
            named |= bool(TOKEN.search(page))
            links = re.findall(r'(?:href|action|src|value|id)="([^"]*)"', page)
            # A number may be dialled: it leaves the telephone, and asks nothing of the server.
            assert [link for link in links if TOKEN.search(link) and not link.startswith("tel:")] == []
    assert named, "the desk reads the names of its people"
