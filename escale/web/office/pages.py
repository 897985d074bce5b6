"""The day sheets of the office: one a day and a post, with names for whoever receives that day, initials on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from escale.apps.audit.actors import require
from escale.apps.booking.actions import mark_absent, mark_honoured
from escale.apps.booking.kinds import Kind
from escale.apps.booking.models import Appointment
from escale.apps.booking.models.appointments import AppointmentQuerySet
from escale.apps.booking.queries import AppointmentLine, lines_of
from escale.apps.team.models import Mediator, Occupancy, Post
from escale.apps.territory import clock
from escale.apps.territory.catalogue import OFFICE_ADDRESS
from escale.apps.territory.queries import value_of
from escale.web.forms import performed
from escale.web.journeys import Journey, Visitor

BASES = {Journey.FIELD: "field/base.html", Journey.STEERING: "steering/base.html"}
PERMISSIONS = {Journey.FIELD: "booking.hold", Journey.STEERING: "booking.see"}
BEFORE, AHEAD = dt.timedelta(days=7), dt.timedelta(days=92)
"""How far the sheets go: back to what may still be marked, ahead as far as desks book."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """An afternoon of a post at the office, and who comes; `mediator` is None while nobody holds the post."""

    date: dt.date
    post: Post
    mediator: Mediator | None
    lines: Sequence[AppointmentLine]


@require_safe
def show_sheets(request: HttpRequest, visitor: Visitor, journey: Journey) -> HttpResponse:
    """Show the afternoons at the office on which someone comes."""
    require(visitor.user, PERMISSIONS[journey], visitor.epci)
    today = clock.today(visitor.epci)
    seen = {
        "visitor": visitor,
        "base": BASES[journey],
        "in_steering": journey is Journey.STEERING,
        "today": today,
        "sheets": sheets_of(visitor, today - BEFORE, today + AHEAD),
        "address": value_of(visitor.epci, OFFICE_ADDRESS),
    }
    response = render(request, "office/sheets.html", seen)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_POST
def mark(request: HttpRequest, visitor: Visitor, journey: Journey, uid: UUID) -> HttpResponse:
    """Say whether someone came."""
    require(visitor.user, PERMISSIONS[journey], visitor.epci)
    row = get_object_or_404(_rows(visitor), uid=uid)
    action = mark_honoured if request.POST.get("is_present") == "oui" else mark_absent
    if performed(request, lambda: action(actor=visitor.user, appointment=row)):
        messages.success(request, "C’est noté.")
    return redirect(f"{journey.home.partition(':')[0]}:office")


def sheets_of(visitor: Visitor, first: dt.date, last: dt.date) -> list[Sheet]:
    """Return the afternoons of a period, the oldest first: as many questions for one as for many."""
    rows = _rows(visitor).filter(date__range=(first, last)).select_related("visit", "epci", "asking", "residence", "post")
    lines = lines_of(visitor.user, rows.defer("asking__outline").order_by("date", "post", "first_slot"))
    posts = {line.appointment.post_id for line in lines}
    held = list(Occupancy.objects.filter(post__in=posts).between(first, last).select_related("mediator"))
    return [
        Sheet(
            date=date,
            post=post,
            mediator=next((row.mediator for row in held if row.post_id == post.pk and row.holds_on(date)), None),
            lines=list(some),
        )
        for (date, post), some in groupby(lines, key=lambda line: (line.date, line.appointment.post))
        if post is not None
    ]


def _rows(visitor: Visitor) -> AppointmentQuerySet:
    rows = Appointment.objects.visible_to(visitor.user).filter(epci=visitor.epci, kind=Kind.OFFICE.value)
    return rows.standing()
