"""What appointments do when visits move or go: they follow, or are cancelled, and their people have to be told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef

from escale.apps.audit import events
from escale.apps.audit.actors import SystemActor
from escale.apps.audit.models import Entry
from escale.apps.booking.actions.changing import give_up
from escale.apps.booking.actions.offering import offer_slots, void_offers
from escale.apps.booking.actions.telling import Place, must_learn
from escale.apps.booking.kinds import CancelledBy, Change, Kind
from escale.apps.booking.locking import lock_visit
from escale.apps.booking.models import Appointment
from escale.apps.visits.models import Visit
from escale.core.calendar.halfdays import Half

ACTOR = SystemActor(actor_id="booking")
CLASH = "un passage dans une commune prend cet après-midi"


def follow_the_visits(entry: Entry) -> None:
    """Have appointments follow the visits that a settlement moved or cancelled (« visits.settled »)."""
    moved = [told for told in entry.details["moved"] if told["from"][1:] != told["to"][1:]]
    follow_moved({told["visit"]: _place(told["from"]) for told in moved})
    follow_cancelled(entry.details["cancelled"])
    came = [*entry.details["created"], *(told["visit"] for told in entry.details["moved"])]
    leave_the_office(came)


def follow_moved(visits: Mapping[int, Place]) -> None:
    """Keep the appointments of visits that changed their day or half, given as they were: they stand, and are to be told."""
    for pk in _with_people(visits):
        visit = lock_visit(pk)
        rows = list(Appointment.objects.filter(visit=visit).booked().select_related("epci"))
        for row in rows:
            must_learn(row, Change.MOVED, before=visits[pk])
        freed = {number for offer in void_offers(visit) for number in offer.numbers}
        offer_slots(actor=ACTOR, visit=visit, numbers=freed)
        keys = [row.pk for row in rows]
        events.record("booking.appointments_moved", actor=ACTOR, epci=visit.epci.siren, subject=visit, appointments=keys)


def follow_cancelled(visits: Iterable[int]) -> None:
    """Cancel the appointments of visits that are not held: their people are to be told, and wait again at their place."""
    for pk in _with_people(visits):
        visit = lock_visit(pk)
        void_offers(visit)
        for row in Appointment.objects.filter(visit=visit).booked().select_related("epci", "asking", "visit", "demande"):
            give_up(actor=ACTOR, row=row, by=CancelledBy.SERVICE, reason=visit.reason)


def follow_the_room(entry: Entry) -> None:
    """Have the people of a visit learn that it is held in another place of the commune (« visits.room_changed »)."""
    for row in Appointment.objects.filter(visit=int(entry.subject_id)).booked().select_related("epci"):
        must_learn(row, Change.ROOM)


def leave_the_office(visits: Iterable[int]) -> None:
    """Cancel the appointments at the office of afternoons on which the post now goes to a commune."""
    there = Visit.objects.filter(pk__in=list(visits), post=OuterRef("post"), date=OuterRef("date"), half=OuterRef("half"))
    rows = Appointment.objects.filter(Exists(there.standing()), kind=Kind.OFFICE.value).booked()
    for row in rows.select_related("epci", "asking", "demande"):
        give_up(actor=ACTOR, row=row, by=CancelledBy.SERVICE, reason=CLASH)


def _place(told: Sequence[Any]) -> Place:
    """Return the day and half of a place as an event tells it: the post, the date, the half."""
    return dt.date.fromisoformat(str(told[1])), Half(told[2])


def _with_people(visits: Iterable[int]) -> list[int]:
    """Return those of some visits that have appointments or offers: a year has hundreds of visits, few of them booked yet."""
    keys = list(visits)
    found = set(Appointment.objects.filter(visit__in=keys).booked().values_list("visit", flat=True))
    found |= set(Visit.objects.filter(pk__in=keys, offers__answer="").values_list("pk", flat=True))
    return sorted(pk for pk in found if pk is not None)
