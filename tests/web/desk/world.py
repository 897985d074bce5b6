"""What the addresses of the desk lead to in the table of routes: a visit of Oisy, someone who comes, someone who waits."""

from __future__ import annotations

import datetime as dt

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.booking.actions import book_appointment, leave_demande
from escale.apps.team.models import Mediator, Occupancy, Post
from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Epci, Premises, Room
from escale.apps.visits.models import Visit
from tests.apps.booking.service import resident
from tests.cast import SINCE


def desk_world(epci: Epci, oisy: Commune, place: Premises, post: Post, ines: User) -> dict[str, object]:
    """Return the arguments of the routes of the desk, the same in the three journeys."""
    Room.objects.create(premises=place, name="Bureau", is_private=True)
    mediator = Mediator.objects.create(epci=epci, first_name="Inès", last_name="Carlier", user=ines)
    Occupancy.objects.create(post=post, mediator=mediator, starts=SINCE)
    day = clock.today() + dt.timedelta(days=14)
    when = {"date": day, "half": "PM", "origin_date": day, "origin_half": "PM", "for_month": f"{day:%Y-%m}"}
    visit = Visit.objects.create(epci=epci, commune=oisy, post=post, **when)
    row = book_appointment(actor=SYSTEM, visit=visit, slot=1, person=resident())
    waiting = leave_demande(actor=SYSTEM, commune=oisy, person=resident("Patient"))
    arguments: dict[str, dict[str, object]] = {
        **{page: {"visit": visit.pk} for page in ("book", "sheet", "sheet_pdf")},
        **{page: {"uid": row.uid} for page in ("appointment", "slip", "correct", "cancel")},
        **{page: {"uid": waiting.uid} for page in ("demande", "correct_demande", "decline_demande", "place")},
        "close": {"uid": waiting.uid, "step": "retiree"},
        "answer_offer": {"offer": 1, "answer": "oui"},
        "tick": {"pk": 1},
    }
    return {
        f"{journey}:desk_{page} {name}": value
        for journey in ("commune", "field", "steering")
        for page, named in arguments.items()
        for name, value in named.items()
    }
