"""A small service that holds workshops: two communes with a convention, a hall with a room, a mediator with a kit."""

from __future__ import annotations

import datetime as dt
from typing import Any

from escale.apps.audit.actors import SYSTEM, Actor
from escale.apps.booking.kinds import Channel
from escale.apps.team.models import Kit, Post
from escale.apps.territory.models import Commune, Epci, Premises, Room
from escale.apps.workshops.actions import Attendee, open_workshop, prepare_workshop, register_person
from escale.apps.workshops.models import Registration, Workshop
from escale.apps.workshops.plans import WorkshopPlan
from escale.core.activity.vocabulary import Level, Public, Theme
from tests.cast import SINCE

DAY = dt.date(2027, 1, 12)
"""A Tuesday."""


def make_hall(commune: Commune, seats: int | None = 12) -> Room:
    """Give a commune a hall with a room."""
    place = Premises.objects.create(commune=commune, name="Salle des fêtes", rank=5)
    return Room.objects.create(premises=place, name="Grande salle", seats=seats)


def make_kit(post: Post) -> Kit:
    """Give a post its kit."""
    return Kit.objects.create(epci=post.epci, label="Malle 1", post=post, starts=SINCE)


def plan_for(commune: Commune, post: Post, **choices: Any) -> WorkshopPlan:
    """A workshop in the morning for the residents of one commune, at an address, unless told otherwise."""
    usual = {
        "title": "Premiers pas avec les courriels",
        "public": Public.RESIDENTS,
        "level": Level.BEGINNER,
        "themes": frozenset({Theme.EMAIL}),
        "host": commune,
        "communes": (commune,),
        "address": "Médiathèque, 3 place de l’Exemple",
        "posts": (post,),
        "date": DAY,
        "starts": dt.time(9, 30),
        "ends": dt.time(11, 30),
    }
    return WorkshopPlan(**{**usual, **choices})


def make_open(epci: Epci, plan: WorkshopPlan, *, actor: Actor = SYSTEM) -> Workshop:
    """Prepare a workshop and open it."""
    return open_workshop(actor=actor, workshop=prepare_workshop(actor=actor, epci=epci, plan=plan))


def attendee(name: str = "Exemple", **fields: Any) -> Attendee:
    """Someone whom only the mairie reaches, unless told otherwise."""
    return Attendee(**{"first_name": "Jeanne", "name": name, **fields})


def by_phone(name: str = "Exemple", **fields: Any) -> Attendee:
    """Someone who has a telephone."""
    return attendee(name, channel=Channel.PHONE, contact="06 12 34 56 78", **fields)


def register(actor: Any, workshop: Workshop, commune: Commune, name: str = "Exemple", **fields: Any) -> Registration:
    """Register someone."""
    return register_person(actor=actor, workshop=workshop, commune=commune, person=attendee(name, **fields))


def fill(actor: Any, workshop: Workshop, commune: Commune, count: int = 8) -> list[Registration]:
    """Register so many people."""
    return [register(actor, workshop, commune, f"Personne {number}") for number in range(1, count + 1)]
