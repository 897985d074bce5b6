"""What the addresses of workshops lead to in the table of routes: one for the residents of Oisy, and someone who comes."""

from __future__ import annotations

import datetime as dt

from escale.apps.audit.actors import SYSTEM
from escale.apps.schedule.models import Participation
from escale.apps.team.models import Post
from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Epci
from escale.apps.workshops.actions import open_workshop, prepare_workshop
from escale.apps.workshops.models import Workshop
from escale.apps.workshops.obstacles import obstacles_between
from tests.apps.booking.service import take_part
from tests.apps.workshops.service import plan_for, register

WITH_A_WORKSHOP = (
    "workshop",
    "workshop_register",
    "workshop_edit",
    "workshop_open",
    "workshop_cancel",
    "workshop_close",
    "workshop_sheet",
)
WITH_A_PERSON = ("workshop_person", "workshop_withdraw", "workshop_told", "workshop_slip", "workshop_certificate")


def make_workshop(epci: Epci, commune: Commune, post: Post) -> Workshop:
    """Return a workshop that is open, on the first morning of the next weeks on which it can be."""
    first = clock.today(epci) + dt.timedelta(days=7)
    if not Participation.objects.filter(commune=commune).exists():
        take_part(epci, commune)
    taken = obstacles_between(epci, plan_for(commune, post), first, first + dt.timedelta(days=30))
    day = next(day for day in (first + dt.timedelta(days=number) for number in range(31)) if day not in taken)
    return open_workshop(actor=SYSTEM, workshop=prepare_workshop(actor=SYSTEM, epci=epci, plan=plan_for(commune, post, date=day)))


def workshop_world(epci: Epci, oisy: Commune, post: Post) -> dict[str, object]:
    """Return the arguments of the routes of the workshops, the same in the three journeys."""
    workshop = make_workshop(epci, oisy, post)
    person = register(SYSTEM, workshop, oisy)
    one, someone = {"uid": workshop.uid}, {"uid": workshop.uid, "person": person.uid}
    arguments = {**dict.fromkeys(WITH_A_WORKSHOP, one), **dict.fromkeys(WITH_A_PERSON, someone)}
    return {
        f"{journey}:{page} {name}": value
        for journey in ("commune", "field", "steering")
        for page, named in arguments.items()
        for name, value in named.items()
    }
