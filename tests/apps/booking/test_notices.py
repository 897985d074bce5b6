"""Each change is told once, by the way that reaches the person; what no message tells falls to the mairie; nothing comes late."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.models import Entry
from escale.apps.booking.actions import (
    accept_offer,
    book_at_office,
    cancel_appointment,
    correct_appointment,
    leave_demande,
    tick_telling,
)
from escale.apps.booking.kinds import CancelledBy, Channel
from escale.apps.booking.models import Appointment, Offer, Telling
from escale.apps.booking.notices import remind_people, tell_what_waits
from escale.apps.booking.queries import people_to_tell
from escale.apps.messaging.models import Message
from escale.apps.messaging.tasks import deliver
from escale.apps.team.models import Post
from escale.apps.territory.actions import set_setting
from escale.apps.territory.catalogue import REMINDER_HOURS
from escale.apps.territory.models import Commune, Epci, Mairie
from escale.apps.visits.models import Visit
from escale.config.due import tick
from tests.apps.booking.service import Clock, book, promise, reached_by_phone, resident, settle
from tests.apps.messaging.conftest import PostOffice, gateway, post_office, sms_folder
from tests.apps.messaging.gateway import Gateway

__all__ = ["gateway", "post_office", "sms_folder"]
pytestmark = pytest.mark.django_db


def by_email(name: str = "Exemple") -> Any:
    return resident(name, channel=Channel.EMAIL, contact="jean@exemple.fr")


def by_phone(contact: str) -> Any:
    return resident(channel=Channel.PHONE, contact=contact)


def tell(clock: Clock, day: str = "2026-12-01", time: str = "12:02") -> list[str]:
    """Run the round of a minute; return the messages that it writes."""
    clock.go(day, time)
    known = set(Message.objects.values_list("pk", flat=True))
    tell_what_waits(actor=SYSTEM)
    remind_people(actor=SYSTEM)
    return list(Message.objects.exclude(pk__in=known).order_by("pk").values_list("body", flat=True))


def send_all() -> None:
    """Do what the worker does with what is queued."""
    for entry in Entry.objects.filter(event="messaging.message_queued"):
        deliver.func(entry.pk)


def test_a_booking_is_confirmed_by_text_message_after_a_minute(
    visit: Visit, oisy: Commune, desk_oisy: User, clock: Clock, gateway: Gateway
) -> None:
    Mairie.objects.create(commune=oisy, phone="03 27 00 00 01")
    book(desk_oisy, visit, person=reached_by_phone())

    assert tell(clock, time="12:00") == []
    (text,) = tell(clock)

    assert text == "Aide numérique : RDV noté mardi 5 janvier 16h-16h30, Mairie, Oisy. Empeché ? Mairie : 03 27 00 00 01"
    send_all()
    telling = Telling.objects.get()
    assert (telling.told_by, Message.objects.get().state) == ("booking", "sent")
    assert len(gateway.asked) == 1
    assert tell(clock, time="12:03") == []


def test_a_booking_is_confirmed_by_letter(visit: Visit, desk_oisy: User, clock: Clock, post_office: PostOffice) -> None:
    book(desk_oisy, visit, person=by_email())

    tell(clock)
    send_all()

    (letter,) = post_office.letters
    assert letter["Subject"].strip() == "Votre rendez-vous d’aide numérique : mardi 5 janvier 2027"
    assert "16\u202fh – 16\u202fh\u202f30" in letter.get_content()
    assert "Jean" not in letter.get_content() + letter["Subject"]


def test_whom_only_the_mairie_reaches_gets_no_message(visit: Visit, desk_oisy: User, clock: Clock) -> None:
    book(desk_oisy, visit)

    assert tell(clock) == []


def test_who_books_and_cancels_at_once_is_told_the_last_word_alone(visit: Visit, desk_oisy: User, clock: Clock) -> None:
    row, gone = book(desk_oisy, visit, person=by_email()), book(desk_oisy, visit, 2, by_email())
    cancel_appointment(actor=desk_oisy, appointment=row, by=CancelledBy.COMMUNE)
    cancel_appointment(actor=desk_oisy, appointment=gone, by=CancelledBy.PERSON)

    (text,) = tell(clock)

    assert "est annulé" in text


def test_a_move_says_the_old_and_the_new_day_and_only_the_last_of_several(
    epci: Epci, visit: Visit, oisy: Commune, post: Post, desk_oisy: User, clock: Clock, sms_folder: object
) -> None:
    book(desk_oisy, visit, person=reached_by_phone())
    tell(clock)
    send_all()
    for date in ("2027-01-12", "2027-01-13"):
        settle(epci, promise(oisy, post, date))

    (text,) = tell(clock, time="12:05")

    assert "RDV du mar 5/01 est déplacé mercredi 13 janvier 16h-16h30" in text


def test_what_waits_in_the_queue_is_dropped_when_something_else_is_to_be_told(
    epci: Epci, visit: Visit, oisy: Commune, post: Post, desk_oisy: User, clock: Clock, gateway: Gateway
) -> None:
    book(desk_oisy, visit, person=reached_by_phone())
    gateway.status = 503
    tell(clock)
    send_all()
    settle(epci, promise(oisy, post, "2027-01-12"))

    (text,) = tell(clock, time="12:05")

    assert "déplacé" in text
    assert sorted(Message.objects.values_list("state", flat=True)) == ["dropped", "queued"]
    assert Telling.objects.get().told_at is None


def test_a_cancelled_visit_is_told_and_the_place_is_kept(
    epci: Epci, visit: Visit, desk_oisy: User, clock: Clock, post_office: PostOffice
) -> None:
    book(desk_oisy, visit, person=by_email())
    settle(epci)

    (text,) = tell(clock)

    assert "mardi 5 janvier 2027" in text
    assert "garde sa place" in text


def test_an_offer_is_told_with_its_last_moment_and_dies_with_it(
    visit: Visit, oisy: Commune, desk_oisy: User, clock: Clock, sms_folder: object
) -> None:
    row = book(desk_oisy, visit, person=resident("Premier"))
    leave_demande(actor=desk_oisy, commune=oisy, person=reached_by_phone("Patient"))
    cancel_appointment(actor=desk_oisy, appointment=row, by=CancelledBy.PERSON)

    (text,) = tell(clock)

    assert "une place se libère mardi 5 janvier 16h-16h30" in text
    assert "avant mer 2/12 12h" in text
    send_all()
    assert Telling.objects.get().told_by == "booking"
    accept_offer(actor=desk_oisy, offer=Offer.objects.get())
    (confirmed,) = tell(clock, time="12:10")
    assert "RDV noté" in confirmed


def test_an_appointment_at_the_office_is_confirmed_with_its_place(
    visit: Visit, oisy: Commune, post: Post, desk_oisy: User, clock: Clock
) -> None:
    day = dt.date(2027, 1, 12)
    book_at_office(actor=desk_oisy, commune=oisy, post=post, date=day, slot=1, who=reached_by_phone())

    (text,) = tell(clock)

    assert "14h-14h30" in text
    assert "bureau de la médiation" in text


def test_a_reminder_comes_once_forty_eight_hours_before(visit: Visit, desk_oisy: User, clock: Clock) -> None:
    book(desk_oisy, visit, person=by_email())
    tell(clock)

    assert tell(clock, "2027-01-03", "15:59") == []
    (text,) = tell(clock, "2027-01-03", "16:00")
    assert "Nous vous attendons bientôt" in text
    assert tell(clock, "2027-01-03", "16:01") == []
    assert tell(clock, "2027-01-05", "15:59") == []


def test_a_late_round_still_reminds_but_never_after_the_event(visit: Visit, desk_oisy: User, clock: Clock) -> None:
    book(desk_oisy, visit, 1, by_email())
    book(desk_oisy, visit, 2, by_email("Autre"))
    tell(clock)

    (text,) = tell(clock, "2027-01-05", "16:00")

    assert "16\u202fh\u202f30 – 17\u202fh" in text
    assert tell(clock, "2027-01-05", "16:30") == []


def test_who_booked_within_the_forty_eight_hours_is_not_reminded(visit: Visit, desk_oisy: User, clock: Clock) -> None:
    clock.go("2027-01-03", "16:01")
    book(desk_oisy, visit, person=by_email())

    (confirmed,) = tell(clock, "2027-01-03", "16:03")

    assert "est noté" in confirmed
    assert tell(clock, "2027-01-04", "16:00") == []


def test_who_was_told_of_a_move_within_the_forty_eight_hours_is_not_reminded(
    epci: Epci, visit: Visit, oisy: Commune, post: Post, desk_oisy: User, clock: Clock
) -> None:
    book(desk_oisy, visit, person=by_email())
    tell(clock)
    clock.go("2027-01-04", "17:00")
    settle(epci, promise(oisy, post, "2027-01-06"))

    (moved,) = tell(clock, "2027-01-04", "17:02")

    assert "change de date" in moved
    assert tell(clock, "2027-01-05", "09:00") == []


def test_a_moved_visit_has_a_reminder_of_its_own(
    epci: Epci, visit: Visit, oisy: Commune, post: Post, desk_oisy: User, clock: Clock
) -> None:
    book(desk_oisy, visit, person=by_email())
    tell(clock)
    assert len(tell(clock, "2027-01-04")) == 1
    settle(epci, promise(oisy, post, "2027-01-26"))
    tell(clock, "2027-01-04", "12:05")

    (again,) = tell(clock, "2027-01-25")

    assert "mardi 26 janvier 2027" in again.lower()


def test_the_epci_chooses_when_people_are_reminded(
    epci: Epci, visit: Visit, desk_oisy: User, coordinator: User, clock: Clock
) -> None:
    book(desk_oisy, visit, person=by_email())
    tell(clock)
    set_setting(actor=coordinator, epci=epci, key=REMINDER_HOURS.key, value="24")
    assert tell(clock, "2027-01-04", "15:00") == []
    set_setting(actor=coordinator, epci=epci, key=REMINDER_HOURS.key, value="0")
    assert tell(clock, "2027-01-04", "17:00") == []


def test_a_cancelled_appointment_is_not_reminded(visit: Visit, desk_oisy: User, clock: Clock) -> None:
    row = book(desk_oisy, visit, person=by_email())
    tell(clock)
    cancel_appointment(actor=desk_oisy, appointment=row, by=CancelledBy.PERSON)

    assert tell(clock, "2027-01-04") == []


def test_nothing_is_told_after_the_event(epci: Epci, visit: Visit, desk_oisy: User, clock: Clock) -> None:
    book(desk_oisy, visit, person=by_email())
    clock.go("2027-01-05", "15:59")
    settle(epci)

    assert tell(clock, "2027-01-05", "16:00") == []


def test_a_message_that_fails_for_good_puts_the_person_on_the_list_of_the_mairie(
    epci: Epci, visit: Visit, oisy: Commune, desk_oisy: User, clock: Clock, gateway: Gateway
) -> None:
    gateway.status = 400
    row = book(desk_oisy, visit, person=reached_by_phone())
    tell(clock)
    send_all()

    (telling,) = people_to_tell(desk_oisy, oisy)
    assert (telling.appointment, telling.change) == (row, "booked")
    assert tell(clock, time="12:10") == []

    correct_appointment(actor=desk_oisy, appointment=row, person=by_phone("06 12 34 56 99"))
    gateway.status = 200
    assert len(tell(clock, time="12:20")) == 1
    send_all()
    assert people_to_tell(desk_oisy, oisy) == []


def test_a_reminder_that_fails_for_good_is_for_the_mairie_too(
    visit: Visit, oisy: Commune, desk_oisy: User, clock: Clock, gateway: Gateway
) -> None:
    book(desk_oisy, visit, person=reached_by_phone())
    tell(clock)
    send_all()
    gateway.status = 400
    tell(clock, "2027-01-04")
    send_all()

    assert [telling.change for telling in people_to_tell(desk_oisy, oisy)] == ["reminded"]


def test_a_fixed_line_is_for_the_mairie_which_has_said_itself_what_it_booked(
    epci: Epci, visit: Visit, oisy: Commune, post: Post, desk_oisy: User, coordinator: User, clock: Clock
) -> None:
    fixed = by_phone("03 27 12 34 56")
    book(desk_oisy, visit, 1, fixed)
    on_behalf = book(coordinator, visit, 2, fixed)

    assert tell(clock) == []
    assert [telling.appointment for telling in people_to_tell(desk_oisy, oisy)] == [on_behalf]

    settle(epci, promise(oisy, post, "2027-01-12"))
    assert tell(clock, time="12:10") == []
    assert len(people_to_tell(desk_oisy, oisy)) == 2


def test_what_the_mairie_told_by_voice_is_not_sent_any_more(
    epci: Epci, visit: Visit, desk_oisy: User, clock: Clock, gateway: Gateway
) -> None:
    book(desk_oisy, visit, person=reached_by_phone())
    gateway.status = 503
    tell(clock)
    send_all()
    tick_telling(actor=desk_oisy, telling=Telling.objects.get())

    assert tell(clock, time="12:05") == []
    assert Message.objects.get().state == "dropped"


def test_a_round_that_runs_again_tells_nothing_again(visit: Visit, desk_oisy: User, clock: Clock) -> None:
    book(desk_oisy, visit, 1, by_email())
    clock.go("2026-12-01", "12:02")

    for _ in range(5):
        assert tick(clock.now) == []

    assert Message.objects.count() == 1


def test_only_the_installation_tells(coordinator: User) -> None:
    for work in (tell_what_waits, remind_people):
        with pytest.raises(PermissionDenied):
            work(actor=coordinator)


def test_who_was_told_costs_the_round_no_question(visit: Visit, desk_oisy: User, clock: Clock, sms_folder: object) -> None:
    def questions() -> int:
        send_all()
        with CaptureQueriesContext(connection) as captured:
            tell_what_waits(actor=SYSTEM)
            remind_people(actor=SYSTEM)
        return len(captured)

    book(desk_oisy, visit, 1, by_email())
    tell(clock)
    tell(clock, "2027-01-04")
    with_one = questions()
    clock.go("2026-12-01")
    book(desk_oisy, visit, 2, reached_by_phone())
    tell(clock)
    tell(clock, "2027-01-04")

    assert questions() == with_one


def test_neither_log_nor_queue_nor_trace_names_anybody(
    visit: Visit, desk_oisy: User, clock: Clock, caplog: pytest.LogCaptureFixture, sms_folder: object
) -> None:
    caplog.set_level(logging.DEBUG, logger="escale")
    book(desk_oisy, visit, 1, by_email("Introuvable"))
    book(desk_oisy, visit, 2, reached_by_phone("Introuvable"))
    tell(clock)
    send_all()
    tell(clock, "2027-01-04")
    send_all()

    kept = str(list(Entry.objects.values())) + str(list(DBTaskResult.objects.values())) + caplog.text
    kept += str(list(Message.objects.values("subject", "about", "once", "body", "error", "provider_id")))
    for secret in ("Introuvable", "jean@exemple.fr", "12 34 56 78", "612345678"):
        assert secret not in kept
    assert Appointment.objects.count() == 2
