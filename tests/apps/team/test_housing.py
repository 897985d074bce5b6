"""Meeting rooms booked by the half-day, and permanences that keep a post in one place at a time."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.team.actions import (
    add_mediator,
    book_room,
    cancel_room,
    close_meeting_room,
    end_permanence,
    occupy_post,
    open_meeting_room,
    open_permanence,
    open_post,
    record_leave,
)
from escale.apps.team.models import Mediator, MeetingRoom, Permanence, Post, RoomBooking
from escale.apps.team.permanences import permanence_days, permanences_of_mediator
from escale.apps.territory.actions import close_territory
from escale.apps.territory.models import Commune, Epci
from escale.core.calendar.halfdays import Half, Window

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 23)
SINCE = dt.date(2026, 1, 1)
WEDNESDAY = dt.date(2026, 11, 25)
WEEK = dt.timedelta(weeks=1)
MORNING = Window.parse("WED_AM")


@pytest.fixture(autouse=True)
def _frozen(settings: Settings) -> None:
    settings.ESCALE_TODAY = TODAY


@pytest.fixture
def room(epci: Epci, oisy: Commune) -> MeetingRoom:
    return open_meeting_room(actor=SYSTEM, epci=epci, commune=oisy, name="La Passerelle", address="", seats=8, starts=SINCE)


@pytest.fixture
def post(epci: Epci, oisy: Commune) -> Post:
    return open_post(actor=SYSTEM, epci=epci, label="Poste 1", base=oisy)


@pytest.fixture
def mediator(epci: Epci, post: Post) -> Mediator:
    mediator = add_mediator(actor=SYSTEM, epci=epci, first_name="Inès", last_name="Carlier")
    occupy_post(actor=SYSTEM, post=post, mediator=mediator, starts=SINCE)
    return mediator


def book(room: MeetingRoom, *halves: Half, actor: User | None = None, date: dt.date = WEDNESDAY) -> list[RoomBooking]:
    return book_room(actor=actor or SYSTEM, room=room, date=date, halves=halves, subject="Formation")


def opened(post: Post, commune: Commune, place: str = "Médiathèque", **changes: Any) -> Permanence:
    told: dict[str, Any] = {"window": MORNING, "opens": dt.time(9, 30), "closes": dt.time(12), "starts": TODAY}
    return open_permanence(actor=SYSTEM, post=post, commune=commune, place=place, **{**told, **changes})


def test_a_whole_day_is_two_half_days_that_nobody_else_has(room: MeetingRoom, ines: User) -> None:
    assert [row.half for row in book(room, Half.AM, Half.PM, actor=ines)] == ["AM", "PM"]

    with pytest.raises(ValidationError, match="déjà prise"):
        book(room, Half.PM)


def test_a_day_of_which_one_half_is_taken_is_not_half_booked(room: MeetingRoom) -> None:
    book(room, Half.PM)

    with pytest.raises(ValidationError, match="déjà prise"):
        book(room, Half.AM, Half.PM)

    assert RoomBooking.objects.count() == 1


def test_a_freed_room_is_booked_again(room: MeetingRoom, ines: User) -> None:
    (row,) = book(room, Half.AM)

    cancel_room(actor=ines, booking=row)

    assert len(book(room, Half.AM)) == 1


def test_the_database_refuses_two_bookings_of_a_half_day(room: MeetingRoom) -> None:
    book(room, Half.AM)

    with pytest.raises(IntegrityError), transaction.atomic():
        RoomBooking.objects.create(room=room, date=WEDNESDAY, half="AM", subject="Autre")


def test_days_that_are_over_or_when_the_room_is_closed_are_refused(room: MeetingRoom) -> None:
    close_meeting_room(actor=SYSTEM, room=room, ends=WEDNESDAY)

    for date in (TODAY - dt.timedelta(days=1), WEDNESDAY + dt.timedelta(days=1)):
        with pytest.raises(ValidationError) as refusal:
            book(room, Half.AM, date=date)
        assert set(refusal.value.message_dict) == {"date"}


def test_a_room_that_is_booked_later_is_not_closed_before(room: MeetingRoom) -> None:
    book(room, Half.AM)

    with pytest.raises(ValidationError, match="réservée le 25 novembre 2026"):
        close_meeting_room(actor=SYSTEM, room=room, ends=TODAY)


def test_rooms_are_opened_by_the_coordination_and_booked_by_the_team(
    room: MeetingRoom, epci: Epci, oisy: Commune, ines: User, lawyer: User, referent_oisy: User, stranger: User
) -> None:
    with pytest.raises(PermissionDenied):
        open_meeting_room(actor=ines, epci=epci, commune=oisy, name="Autre", address="", seats=8, starts=SINCE)
    for actor in (lawyer, referent_oisy, stranger):
        with pytest.raises(PermissionDenied):
            book(room, Half.AM, actor=actor)

    assert MeetingRoom.objects.visible_to(stranger).count() == 0


def test_a_permanence_comes_back_on_its_wednesdays_with_whoever_holds_the_post(
    post: Post, oisy: Commune, mediator: Mediator, epci: Epci
) -> None:
    opened(post, oisy, every=2)
    record_leave(actor=SYSTEM, mediator=mediator, starts=WEDNESDAY + 2 * WEEK, ends=WEDNESDAY + 2 * WEEK)

    days = permanence_days(epci, TODAY, TODAY + 5 * WEEK)

    assert [(day.date, day.mediator) for day in days] == [
        (WEDNESDAY, mediator),
        (WEDNESDAY + 2 * WEEK, None),
        (WEDNESDAY + 4 * WEEK, mediator),
    ]
    assert days[0].hours.words == "9\u202fh\u202f30 – 12\u202fh"
    own = permanences_of_mediator(mediator, TODAY, TODAY + 5 * WEEK)
    assert [day.date for day in own] == [WEDNESDAY, WEDNESDAY + 4 * WEEK]


def test_no_permanence_on_a_public_holiday_nor_when_all_is_closed(post: Post, oisy: Commune, epci: Epci) -> None:
    opened(post, oisy, starts=dt.date(2026, 11, 11))
    close_territory(actor=SYSTEM, epci=epci, starts=WEDNESDAY, ends=WEDNESDAY, reason="Élections")

    days = permanence_days(epci, dt.date(2026, 11, 9), WEDNESDAY)

    assert [day.date for day in days] == [dt.date(2026, 11, 18)]


def test_a_post_is_in_one_place_at_a_time(post: Post, oisy: Commune, bousignies: Commune) -> None:
    opened(post, oisy, every=2)

    opened(post, bousignies, "Bibliothèque", every=2, starts=TODAY + WEEK)

    with pytest.raises(ValidationError, match=r"déjà à (Médiathèque|Bibliothèque)"):
        opened(post, bousignies, "Ailleurs", every=3)
    assert Permanence.objects.count() == 2


def test_a_half_day_of_the_communes_is_no_permanence(post: Post, oisy: Commune) -> None:
    with pytest.raises(ValidationError, match=r"aux communes \(art. 4\)"):
        opened(post, oisy, window=Window.parse("WED_PM"))


def test_hours_that_go_backwards_are_refused(post: Post, oisy: Commune) -> None:
    with pytest.raises(ValidationError, match="finit avant de commencer"):
        opened(post, oisy, closes=dt.time(9))


def test_a_permanence_ends_or_goes_away_when_it_has_not_begun(post: Post, oisy: Commune, epci: Epci, ines: User) -> None:
    begun, coming = opened(post, oisy, every=2), opened(post, oisy, every=2, starts=TODAY + WEEK)
    with pytest.raises(PermissionDenied):
        end_permanence(actor=ines, permanence=begun, ends=TODAY)

    end_permanence(actor=SYSTEM, permanence=begun, ends=WEDNESDAY)
    end_permanence(actor=SYSTEM, permanence=coming, ends=WEDNESDAY)

    assert [day.date for day in permanence_days(epci, TODAY, TODAY + 5 * WEEK)] == [WEDNESDAY]


def test_many_permanences_cost_as_many_questions_as_one(post: Post, oisy: Commune, mediator: Mediator, epci: Epci) -> None:
    opened(post, oisy, every=12)
    with CaptureQueriesContext(connection) as alone:
        permanence_days(epci, TODAY, TODAY + 20 * WEEK)
    for weeks in range(1, 12):
        opened(post, oisy, every=12, starts=TODAY + weeks * WEEK)

    with CaptureQueriesContext(connection) as together:
        days = permanence_days(epci, TODAY, TODAY + 20 * WEEK)

    assert (len(together), len(days)) == (len(alone), 20)
