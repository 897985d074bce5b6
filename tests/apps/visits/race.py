"""What many people do to one half-day at the same moment, inside an installation of its own."""

from __future__ import annotations

import datetime as dt
import json
from functools import partial

from django.core.exceptions import ValidationError
from django.utils import timezone

from escale.apps.audit.actors import SYSTEM
from escale.apps.booking.models import Appointment, HeldSlot
from escale.apps.team.models import Mediator, Post
from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.queries import holidays_between
from escale.apps.visits.actions import cancel_visit, close_holding, move_visit
from escale.apps.visits.answers import HoldingReport
from escale.apps.visits.models import Cancellation, Holding, Visit
from escale.core.calendar.halfdays import Half
from escale.core.visits.life import Cause, Side
from tests.apps.booking.race import book_one, settle, together
from tests.apps.booking.service import hold_post, open_office, take_part
from tests.cast import make_commune, make_epci

CLIENTS = 20


def run() -> None:
    """Say what became of each race, as JSON on the last line."""
    epci = make_epci("200042190", "La Porte du Hainaut")
    communes = [make_commune(epci, f"59{number:03}", f"Commune {number}") for number in range(6)]
    post = hold_post(epci, communes[0], "Poste 1", Mediator.objects.create(epci=epci, first_name="Inès", last_name="Carlier"))
    days = tuesdays(epci, 12)
    for commune in communes:
        open_office(commune)
        take_part(epci, commune)
    for commune, day in zip(communes, days, strict=False):
        settle(epci, {commune: day}, post)
    moving, going, *rest = (Visit.objects.get(commune=commune) for commune in communes)
    held = yesterday(epci, communes[5], post)
    outcome = {
        "moved": together([partial(move, moving, days[8]), *(partial(book_one, SYSTEM, moving, n) for n in range(CLIENTS))]),
        "booked": Appointment.objects.filter(visit=moving).standing().count(),
        "slots": HeldSlot.objects.filter(visit=moving).count(),
        "cancelled": together([partial(cancel, going)] * 3 + [partial(book_one, SYSTEM, going, n) for n in range(CLIENTS)]),
        "left": Appointment.objects.filter(visit=going).standing().count() + HeldSlot.objects.filter(visit=going).count(),
        "cancellations": Cancellation.objects.count(),
        "placed": together([partial(move, visit, days[9]) for visit in rest]),
        "there": Visit.objects.standing().filter(date=days[9]).count(),
        "closed": together([partial(close, held, minutes) for minutes in range(CLIENTS)]),
        "holdings": Holding.objects.count(),
    }
    print(json.dumps(outcome))  # noqa: T201 -- the test reads it


def tuesdays(epci: Epci, count: int) -> list[dt.date]:
    """Return working Tuesdays from a month on, each in a month in which nothing else is settled first."""
    first = clock.today() + dt.timedelta(days=30)
    days = (first + dt.timedelta(days=number) for number in range(400))
    found = [day for day in days if day.weekday() == 1 and not holidays_between(epci, day, day)]
    # One a month for those that are settled; the weeks that follow are free to move to.
    monthly = [day for number, day in enumerate(found) if number % 5 == 0][:6]
    return [*monthly, *(day for day in found if day not in monthly and day > monthly[-1])][:count]


def yesterday(epci: Epci, commune: Commune, post: Post) -> Visit:
    """Return a half-day that nobody closed."""
    day = clock.today() - dt.timedelta(days=1)
    when = {"date": day, "half": "AM", "origin_date": day, "origin_half": "AM", "for_month": f"{day:%Y-%m}"}
    return Visit.objects.create(epci=epci, commune=commune, post=post, **when)


def move(visit: Visit, date: dt.date) -> str:
    """Move a visit, as the coordination does."""
    try:
        move_visit(actor=SYSTEM, visit=visit, date=date, half=Half.PM, reason="course")
    except ValidationError as refusal:
        return next(iter(refusal.message_dict))
    return "moved"


def cancel(visit: Visit) -> str:
    """Give a visit up, as anyone may."""
    try:
        cancel_visit(actor=SYSTEM, visit=visit, side=Side.SERVICE, cause=Cause.VEHICLE)
    except ValidationError as refusal:
        return next(iter(refusal.message_dict))
    return "cancelled"


def close(visit: Visit, minutes: int) -> str:
    """Close a half-day, each with an end of their own."""
    start = timezone.make_aware(dt.datetime.combine(visit.date, dt.time(9)))
    report = HoldingReport(started_at=start, ended_at=start + dt.timedelta(minutes=60 + minutes))
    try:
        close_holding(actor=SYSTEM, visit=visit, report=report)
    except ValidationError as refusal:
        return type(refusal).__name__
    return "closed"
