"""What fifty people do at the same moment for one workshop, inside an installation of its own."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from functools import partial

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.utils import timezone

from escale.apps.audit.actors import SYSTEM, Actor
from escale.apps.audit.models import Entry
from escale.apps.team.models import Mediator
from escale.apps.territory import clock
from escale.apps.territory.models import Commune
from escale.apps.workshops.actions import withdraw_person
from escale.apps.workshops.models import Registration, Workshop
from tests.apps.booking.race import CLIENTS, together
from tests.apps.booking.service import hold_post, take_part
from tests.apps.workshops.service import make_open, plan_for, register
from tests.cast import Person, engage, make_commune, make_epci

INSERT = """
INSERT INTO workshops_registration (uid, workshop_id, place_id, commune_id, residence_id, first_name, name, channel, contact,
  brings_device, state, state_at, written_at, written_by, written_as, attendance, news, contact_forgotten, person_forgotten)
VALUES (%s, %s, %s, %s, %s, '', %s, 'mairie', '', %s, 'registered', %s, %s, 'course', 'commune', '', '', %s, %s)
"""


def run() -> None:
    """Say what became of each race, as JSON on the last line."""
    epci = make_epci("200042190", "La Porte du Hainaut")
    oisy = make_commune(epci, "59446", "Oisy")
    take_part(epci, oisy)
    desk = engage(Person.DESK_OISY, epci, oisy)
    mediator = Mediator.objects.create(epci=epci, first_name="Inès", last_name="Carlier", user=engage(Person.INES, epci))
    post = hold_post(epci, oisy, "Poste 1", mediator)
    day = clock.today() + dt.timedelta(days=30)
    while day.weekday() > 4 or day.month in (1, 5, 11):
        day += dt.timedelta(days=1)
    workshop = make_open(epci, plan_for(oisy, post, date=day), actor=SYSTEM)
    bypassed = make_open(epci, plan_for(oisy, post, date=day, starts=dt.time(14), ends=dt.time(16)), actor=SYSTEM)
    registered = together([partial(register_one, desk, workshop, oisy, number) for number in range(CLIENTS)])
    waiting = Registration.objects.filter(workshop=workshop).waiting()
    first = list(waiting.values_list("pk", flat=True)[:8])
    seated = list(Registration.objects.filter(workshop=workshop).registered())
    told = {
        "registered": registered,
        "seats": sorted(row.place.number for row in seated if row.place),
        "withdrawn": together([partial(withdraw_one, desk, row) for row in seated]),
        "promoted": [row.pk for row in Registration.objects.filter(workshop=workshop).registered().order_by("written_at", "pk")],
        "first": first,
        "events": Entry.objects.filter(event="workshops.promoted").count(),
        "bypassed": together([partial(insert_one, bypassed, oisy, number) for number in range(CLIENTS)]),
    }
    print(json.dumps(told))  # noqa: T201 -- the test reads it


def register_one(actor: Actor, workshop: Workshop, commune: Commune, number: int) -> str:
    """Register someone, as a desk does."""
    try:
        return register(actor, workshop, commune, f"Personne {number}").state
    except ValidationError as refusal:
        return " ".join(refusal.messages)


def withdraw_one(actor: Actor, row: Registration) -> str:
    """Take someone off, as a desk does."""
    return withdraw_person(actor=actor, registration=row).state


def insert_one(workshop: Workshop, commune: Commune, number: int) -> str:
    """Write someone into one of the places, past the application."""
    seats = list(workshop.seats.order_by("number").values_list("pk", flat=True))
    now, no = timezone.now(), False
    # SQLite has a uid without its dashes.
    uid = uuid.uuid4() if connection.vendor == "postgresql" else uuid.uuid4().hex
    values = [uid, workshop.pk, seats[number % len(seats)], commune.pk, commune.pk, f"P{number}", no, now, now, no, no]
    try:
        with connection.cursor() as cursor:
            cursor.execute(INSERT, values)
    except IntegrityError:
        return "refused"
    return "inserted"
