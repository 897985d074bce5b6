"""A small service that takes appointments: a commune with a private office, and a mediator who comes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from escale.apps.audit.actors import SYSTEM
from escale.apps.booking.actions import book_appointment
from escale.apps.booking.kinds import Channel
from escale.apps.booking.models import Appointment
from escale.apps.booking.people import Person
from escale.apps.schedule.models import Participation, Standing
from escale.apps.team.models import Mediator, Occupancy, Post
from escale.apps.territory.models import Commune, Epci, Premises, Room
from escale.apps.visits.actions import settle_months
from escale.apps.visits.matching import Promise
from escale.apps.visits.models import Visit
from escale.core.booking.motives import Motive
from escale.core.calendar.months import Month
from tests.cast import SINCE

JANUARY = Month(2027, 1)
NOON = dt.datetime(2026, 12, 1, 11, 0, tzinfo=dt.UTC)
"""Noon in Paris, on the day of the tests."""


class Clock:
    """What the tests set to travel in time."""

    now = NOON

    def __call__(self) -> dt.datetime:
        return self.now

    def go(self, day: str, time: str = "12:00") -> None:
        """Go to a local time of the winter."""
        self.now = dt.datetime.fromisoformat(f"{day}T{time}+01:00")


def open_office(commune: Commune, *, private: bool = True) -> Premises:
    """Give a commune a place and its office."""
    place = Premises.objects.create(commune=commune, name="Mairie")
    Room.objects.create(premises=place, name="Bureau", is_private=private)
    return place


def hold_post(epci: Epci, base: Commune, label: str, mediator: Mediator) -> Post:
    """Open a post and put a mediator in it."""
    post = Post.objects.create(epci=epci, label=label, base=base)
    Occupancy.objects.create(post=post, mediator=mediator, starts=SINCE)
    return post


def take_part(epci: Epci, commune: Commune, ends: dt.date | None = None) -> Participation:
    """Have a commune take part for certain."""
    return Participation.objects.create(epci=epci, commune=commune, standing=Standing.FIRM.value, starts=SINCE, ends=ends)


def promise(commune: Commune, post: Post, date: str, half: str = "PM") -> Promise:
    """A half-day of January."""
    return Promise(commune=commune.pk, post=post.pk, date=dt.date.fromisoformat(date), half=half, for_month="2027-01")


def settle(epci: Epci, *promises: Promise) -> None:
    """Make the visits of January these ones."""
    today = dt.date(2026, 12, 1)
    settle_months(actor=SYSTEM, epci=epci, months=[JANUARY], promises=promises, today=today, reason="la salle est fermée")


def resident(name: str = "Exemple", **fields: Any) -> Person:
    """Someone whom only the mairie reaches, unless told otherwise."""
    return Person(**{"first_name": "Jean", "name": name, "motive": Motive.PAPERS, **fields})


def reached_by_phone(name: str = "Exemple", **fields: Any) -> Person:
    """Someone who has a telephone."""
    return resident(name, channel=Channel.PHONE, contact="06 12 34 56 78", **fields)


def book(actor: Any, visit: Visit, slot: int = 1, person: Person | None = None, **choices: Any) -> Appointment:
    """Book someone."""
    return book_appointment(actor=actor, visit=visit, slot=slot, person=person or resident(), **choices)
