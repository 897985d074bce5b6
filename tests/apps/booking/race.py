"""What fifty people do at the same moment, inside an installation of its own: each in a thread with a connection of its own."""

from __future__ import annotations

import datetime as dt
import json
import threading
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection

from escale.apps.audit.actors import SYSTEM, Actor
from escale.apps.booking.actions.asking import PUBLIC, ask_demande
from escale.apps.booking.models import Appointment, Demande, HeldSlot
from escale.apps.team.models import Mediator, Post
from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.actions import settle_months
from escale.apps.visits.matching import Promise
from escale.apps.visits.models import Visit
from escale.core.calendar.months import Month
from tests.apps.booking.service import book, hold_post, open_office, reached_by_phone, resident, take_part
from tests.cast import Person, engage, make_commune, make_epci

CLIENTS = 50
INSERT = "INSERT INTO booking_heldslot (appointment_id, visit_id, half, number) VALUES (%s, %s, '', 2)"


def run() -> None:
    """Say what became of each race, as JSON on the last line."""
    epci = make_epci("200042190", "La Porte du Hainaut")
    oisy, bousignies = make_commune(epci, "59446", "Oisy"), make_commune(epci, "59100", "Bousignies")
    desk = engage(Person.DESK_OISY, epci, oisy)
    mediator = Mediator.objects.create(epci=epci, first_name="Inès", last_name="Carlier", user=engage(Person.INES, epci))
    post = hold_post(epci, oisy, "Poste 1", mediator)
    for commune in (oisy, bousignies):
        open_office(commune)
        take_part(epci, commune)
    day = clock.today() + dt.timedelta(days=30)
    settle(epci, {oisy: day, bousignies: day + dt.timedelta(days=1)}, post)
    visit = Visit.objects.get(commune=oisy)
    other = Visit.objects.get(commune=bousignies)
    clicked = uuid.uuid4()
    print(  # noqa: T201 -- the test reads it
        json.dumps(
            {
                "booked": together([partial(book_one, desk, visit, number) for number in range(CLIENTS)]),
                "held": HeldSlot.objects.filter(visit=visit, number=1).count(),
                "bypassed": together([partial(insert_one, visit)] * CLIENTS),
                "cancelled": together(
                    [
                        partial(settle, epci, {oisy: day}, post),
                        *(partial(book_one, SYSTEM, other, number) for number in range(CLIENTS // 2)),
                    ]
                ),
                "asked": together([partial(ask_one, oisy, "192.0.2.1", uuid.uuid4()) for _ in range(CLIENTS)]),
                "clicked": together([partial(ask_one, oisy, "192.0.2.2", clicked)] * CLIENTS),
                "written": [Demande.objects.to_confirm().count(), Demande.objects.filter(uid=clicked).count()],
                "left": Appointment.objects.standing().filter(visit=other).count() + other.held_slots.count(),
            }
        )
    )


def settle(epci: Epci, wanted: dict[Commune, dt.date], post: Post) -> str:
    """Promise these dates, and only these."""
    first = min(wanted.values())
    month = Month.of(first)
    promises = [
        Promise(commune=commune.pk, post=post.pk, date=date, half="PM", for_month=str(month)) for commune, date in wanted.items()
    ]
    settle_months(actor=SYSTEM, epci=epci, months=[month], promises=promises, today=clock.today(), reason="course")
    return "settled"


def book_one(actor: Actor, visit: Visit, number: int) -> str:
    """Book someone in the first slot, as a desk does."""
    try:
        book(actor, visit, 1, resident(f"Personne {number}"))
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    return "booked"


def ask_one(commune: Commune, address: str, key: uuid.UUID) -> str:
    """Ask from the page of a commune."""
    try:
        ask_demande(actor=PUBLIC, commune=commune, person=reached_by_phone(), address=address, key=key)
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    return "asked"


def insert_one(visit: Visit) -> str:
    """Write a row into the second slot, past the application."""
    appointment = Appointment.objects.filter(visit=visit).values_list("pk", flat=True).get()
    try:
        with connection.cursor() as cursor:
            cursor.execute(INSERT, [appointment, visit.pk])
    except IntegrityError:
        return "refused"
    return "inserted"


def together(works: Sequence[Callable[[], str]]) -> dict[str, int]:
    """Start all at the same moment, and count how they end."""
    start, ends, lock = threading.Barrier(len(works)), Counter[str](), threading.Lock()

    def work(one: Callable[[], str]) -> None:
        start.wait()
        try:
            end = one()
        except Exception as error:  # noqa: BLE001 -- whatever else happens is what the test must see
            end = f"{type(error).__name__}: {error}"
        finally:
            connection.close()
        with lock:
            ends[end] += 1

    threads = [threading.Thread(target=work, args=[one]) for one in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return dict(ends)
