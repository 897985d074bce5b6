"""A calendar tells when and where, keeps the identity of a visit that moves, and names no resident."""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.messaging.feeds import Feed, open_feed, renew_feed, revoke_feed
from escale.apps.schedule.models import Participation, PlannedVisit, Standing
from escale.apps.team.models import Mediator, Occupancy, Post
from escale.apps.territory.models import Commune, KeyHolder, Premises, Referent
from escale.apps.visits.models import Visit
from tests.web.cast import Cast, make_commune
from tests.web.counting import queries_of
from tests.web.takeaway.tours import make_plan
from tests.web.visiting import make_visit

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]
MORNING = dt.date(2027, 1, 12)
NAMES = [f"Zoé Secret{number}" for number in range(50)]


@pytest.fixture(autouse=True)
def _address(settings: Settings) -> None:
    settings.ESCALE_TODAY = dt.date(2026, 11, 23)
    settings.ADDRESS = "https://aide.exemple.fr"


def address_of(feed: Feed) -> str:
    return f"/agenda/{open_feed(actor=SYSTEM, feed=feed).key}.ics"


def oisy_feed(cast: Cast) -> str:
    return address_of(Feed.of_commune(cast.epci, cast.oisy))


def text(address: str) -> str:
    response = Client().get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return response.content.decode()


def events(address: str) -> list[Any]:
    return list(Calendar.from_ical(text(address)).walk("VEVENT"))


def utc(event: Any, name: str) -> str:
    return str(event[name].dt.astimezone(dt.UTC))


def test_a_visit_is_told_with_its_hours_and_its_place(cast: Cast) -> None:
    visit = make_visit(cast, cast.oisy, MORNING)

    [event] = events(oisy_feed(cast))

    assert event["UID"] == f"{visit.uid}@aide.exemple.fr"
    assert event["SUMMARY"] == "Aide numérique à Oisy"
    assert event["LOCATION"] == "Mairie, Salle du conseil, 12 rue de l’Église, Oisy"
    assert event["DTSTART"].dt.isoformat() == "2027-01-12T09:00:00+01:00"
    assert event["DTEND"].dt.isoformat() == "2027-01-12T12:00:00+01:00"
    assert (event["SEQUENCE"], event["STATUS"], event["CLASS"]) == (0, "CONFIRMED", "PUBLIC")
    assert utc(event, "DTSTAMP") == utc(event, "LAST-MODIFIED") == str(visit.changed_at.replace(microsecond=0))


def test_the_calendar_says_what_it_is_and_how_often_to_come_back(cast: Cast) -> None:
    make_visit(cast, cast.oisy, MORNING)

    told = text(oisy_feed(cast))

    for line in (
        "METHOD:PUBLISH",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-WR-CALNAME:Aide numérique à Oisy",
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Paris",
    ):
        assert line in told
    assert "escale" not in told.lower(), "residents never meet the name of the product"


def test_lines_end_and_fold_as_the_standard_asks(cast: Cast) -> None:
    make_visit(cast, cast.oisy, MORNING)
    Premises.objects.update(address="é" * 180)

    body = Client().get(oisy_feed(cast)).content

    lines = body.split(b"\r\n")
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    assert [line.decode() for line in lines], "no sign is cut in two"


def test_a_visit_that_moves_stays_the_same_visit(cast: Cast) -> None:
    visit = make_visit(cast, cast.oisy, MORNING)
    address = oisy_feed(cast)
    [before] = events(address)

    visit.date, visit.half, visit.sequence, visit.changed_at = dt.date(2027, 1, 14), "PM", 1, timezone.now()
    visit.save()

    [after] = events(address)
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] == before["SEQUENCE"] + 1
    assert after["DTSTART"].dt.isoformat() == "2027-01-14T14:00:00+01:00"
    assert "prévue d’abord le mardi 12 janvier 2027, matin" in after["DESCRIPTION"]


def test_a_visit_that_is_cancelled_says_so(cast: Cast) -> None:
    make_visit(cast, cast.oisy, MORNING, state="cancelled")

    [event] = events(oisy_feed(cast))

    assert event["STATUS"] == "CANCELLED"
    assert "DESCRIPTION" not in event


@pytest.mark.parametrize(
    ("day", "start"),
    [
        (dt.date(2027, 3, 26), "2027-03-26 08:00:00+00:00"),
        (dt.date(2027, 3, 30), "2027-03-30 07:00:00+00:00"),
        (dt.date(2027, 10, 29), "2027-10-29 07:00:00+00:00"),
        (dt.date(2027, 11, 2), "2027-11-02 08:00:00+00:00"),
    ],
)
def test_nine_in_the_morning_stays_nine_when_the_hour_changes(cast: Cast, day: dt.date, start: str) -> None:
    make_visit(cast, cast.oisy, day)

    [event] = events(oisy_feed(cast))

    assert utc(event, "DTSTART") == start
    assert event["DTSTART"].dt.hour == 9


@pytest.fixture
def move_machine() -> Iterator[Callable[[str], None]]:
    """Put the machine into another time zone, for a while."""
    before = os.environ.get("TZ")

    def move(zone: str) -> None:
        os.environ["TZ"] = zone
        time.tzset()

    yield move
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


def test_the_zone_of_the_machine_changes_nothing(cast: Cast, move_machine: Callable[[str], None]) -> None:
    make_visit(cast, cast.oisy, dt.date(2027, 3, 30))
    address = oisy_feed(cast)
    told = []

    for zone in ("UTC", "Pacific/Noumea", "America/Los_Angeles"):
        move_machine(zone)
        told.append(text(address))

    assert len(set(told)) == 1


def test_a_territory_of_another_zone_has_its_own_hours(cast: Cast) -> None:
    cast.epci.time_zone = "Indian/Reunion"
    cast.epci.save()
    make_visit(cast, cast.oisy, MORNING)

    [event] = events(oisy_feed(cast))

    assert event["DTSTART"].dt.isoformat() == "2027-01-12T09:00:00+04:00"


def test_a_place_with_its_own_hours_has_them_here(cast: Cast) -> None:
    Premises.objects.update(morning_start=dt.time(8, 30))
    make_visit(cast, cast.oisy, MORNING)

    [event] = events(oisy_feed(cast))

    assert event["DTSTART"].dt.time() == dt.time(8, 30)


def test_each_calendar_holds_its_own_visits(cast: Cast) -> None:
    other = Post.objects.create(epci=cast.epci, label="Poste 2", base=cast.denain)
    make_visit(cast, cast.oisy, MORNING)
    make_visit(cast, cast.denain, MORNING, post=other)

    assert len(events(oisy_feed(cast))) == 1
    assert len(events(address_of(Feed.of_territory(cast.epci)))) == 2
    [mine] = events(address_of(Feed.of_mediator(cast.camille)))
    assert mine["SUMMARY"] == "Aide numérique à Oisy"
    assert mine["CLASS"] == "PRIVATE"


def test_whoever_takes_over_a_post_inherits_its_visits(cast: Cast) -> None:
    held = Occupancy.objects.get()
    held.ends = dt.date(2027, 1, 31)
    held.save()
    sacha = Mediator.objects.create(epci=cast.epci, first_name="Sacha", last_name="Exemple")
    Occupancy.objects.create(post=held.post, mediator=sacha, starts=dt.date(2027, 2, 1))
    for day in (MORNING, dt.date(2027, 2, 9)):
        make_visit(cast, cast.oisy, day, post=held.post)

    def days(mediator: Mediator) -> list[str]:
        return [str(event["DTSTART"].dt.date()) for event in events(address_of(Feed.of_mediator(mediator)))]

    assert days(cast.camille) == ["2027-01-12"]
    assert days(sacha) == ["2027-02-09"]


def test_no_name_and_no_number_of_anyone_leaves(cast: Cast) -> None:
    make_visit(cast, cast.oisy, MORNING)
    hall = Premises.objects.get()
    for number, name in enumerate(NAMES):
        first, last = name.split()
        Referent.objects.create(
            commune=cast.oisy, first_name=first, last_name=last, phone=f"0353019{number:03}", starts=dt.date(2026, 1, 5)
        )
        User.objects.create(email=f"secret{number}@exemple.fr", name=name)
    for rank in (1, 2):
        KeyHolder.objects.create(premises=hall, rank=rank, name=NAMES[rank], phone=f"0353018{rank:03}")

    feeds = [Feed.of_commune(cast.epci, cast.oisy), Feed.of_territory(cast.epci), Feed.of_mediator(cast.camille)]
    told = [text(address_of(feed)) for feed in feeds]

    for words in told:
        assert words.count("BEGIN:VEVENT") == 1
        assert "Secret" not in words
        assert "0353" not in words
        assert cast.camille.phone not in words
        assert "Exemple" not in words
    assert all("Camille" not in words for words in told[:2])


def test_what_is_not_published_is_in_no_calendar(cast: Cast) -> None:
    plan = make_plan(cast)
    Participation.objects.create(epci=cast.epci, commune=cast.denain, standing=Standing.EXPECTED.value)

    assert PlannedVisit.objects.filter(plan=plan).exists()
    assert events(address_of(Feed.of_territory(cast.epci))) == []


def test_a_name_with_signs_of_the_format_stays_a_name(cast: Cast) -> None:
    make_visit(cast, cast.oisy, MORNING)
    Commune.objects.filter(pk=cast.oisy.pk).update(name="A;B,C\\D\nEND:VCALENDAR")

    [event] = events(oisy_feed(cast))

    assert event["SUMMARY"] == "Aide numérique d’A;B,C\\D\nEND:VCALENDAR".replace(" d’", " à ")


def test_an_agenda_that_comes_back_is_told_that_nothing_changed(cast: Cast) -> None:
    visit = make_visit(cast, cast.oisy, MORNING)
    address = oisy_feed(cast)
    first = Client().get(address)
    known = {"If-None-Match": first.headers["ETag"]}

    again = Client().get(address, headers=known)

    assert again.status_code == 304
    assert "max-age=900" in first.headers["Cache-Control"]
    assert first.headers["Last-Modified"]
    visit.sequence, visit.date = 1, dt.date(2027, 1, 14)
    visit.save()
    assert Client().get(address, headers=known).status_code == 200


def test_new_hours_reach_an_agenda_although_no_visit_changed(cast: Cast) -> None:
    make_visit(cast, cast.oisy, MORNING)
    address = oisy_feed(cast)
    first = Client().get(address)
    Premises.objects.update(morning_start=dt.time(8, 30))

    seen = {"If-Modified-Since": first.headers["Last-Modified"], "If-None-Match": first.headers["ETag"]}

    assert Client().get(address, headers=seen).status_code == 200
    assert Client().get(address, headers={"If-Modified-Since": seen["If-Modified-Since"]}).status_code == 200


@pytest.mark.parametrize("close", [renew_feed, revoke_feed])
def test_an_address_that_was_given_up_answers_no_more(cast: Cast, close: Callable[..., object]) -> None:
    make_visit(cast, cast.oisy, MORNING)
    address = oisy_feed(cast)

    close(actor=SYSTEM, feed=Feed.of_commune(cast.epci, cast.oisy))

    assert Client().get(address).status_code == 404
    assert Client().get("/agenda/jamais-vu.ics").status_code == 404
    assert Client().post(address).status_code == 405


def test_a_calendar_without_any_visit_is_one_all_the_same(cast: Cast) -> None:
    assert events(oisy_feed(cast)) == []


def test_fifty_visits_cost_as_many_queries_as_one(cast: Cast) -> None:
    make_visit(cast, cast.oisy, MORNING)
    address = address_of(Feed.of_territory(cast.epci))
    few = queries_of(Client(), address)

    for number in range(50):
        commune = make_commune(cast.epci, f"99{number:03}", f"Commune {number}")
        Premises.objects.create(commune=commune, name="Mairie")
        make_visit(cast, commune, MORNING + dt.timedelta(days=number + 1))

    assert queries_of(Client(), address) == few
    assert Visit.objects.count() == 51
