"""A half-day from the arrival to the end: what was found there, who came, what was counted, and the closing on one screen."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from escale.apps.activity.actions import tally
from escale.apps.activity.queries import conflicts_of
from escale.apps.booking.actions import mark_absent, mark_honoured
from escale.apps.booking.models import Appointment
from escale.apps.visits.actions import HoldingConflict, begin_holding, close_holding, correct_holding, note_point
from escale.apps.visits.labels import POINT_KINDS
from escale.apps.visits.models import Holding, Point
from escale.core.activity.parsing import fields_of
from escale.core.activity.vocabulary import TallyKind
from escale.core.visits.life import OF_THE_SERVICE, PointKind, Side
from escale.web.field.day import FieldStop, day_at
from escale.web.field.half_day_forms import CHECKS, ArrivalForm, ClosingForm
from escale.web.field.mine import field_page, stop_of
from escale.web.field.offline.versions import told_apart
from escale.web.field.words import record_words
from escale.web.forms import accepted, performed
from escale.web.journeys import Visitor
from escale.web.stops import Stop


@require_http_methods(["GET", "HEAD", "POST"])
@field_page
def arrive(request: HttpRequest, visitor: Visitor, uid: uuid.UUID) -> HttpResponse:
    """Note when the mediator began and what was found; what is missing is proposed as a point for the mairie."""
    part, now = _part(visitor, uid)
    visit = part.stop.visit
    form = ArrivalForm(request.POST or None, stop=part.stop, holding=part.holding, now=now)

    def begin() -> None:
        begin_holding(actor=visitor.user, visit=visit, started_at=form.moment("started"), checks=form.checks)

    if not part.is_closed and accepted(form, begin):
        messages.success(request, "Arrivée notée.")
        return redirect("field:arrive" if _missing(visit.pk) else "field:half_day", uid=uid)
    noted = Point.objects.filter(visit=visit, side=Side.SERVICE.value)
    seen = {
        "part": part,
        "form": form,
        "missing": [(kind.value, POINT_KINDS[kind]) for kind in _missing(visit.pk)],
        "noted": [POINT_KINDS[PointKind(point.kind)] for point in noted],
        "others": [(kind.value, POINT_KINDS[kind]) for kind in PointKind if kind in OF_THE_SERVICE],
    }
    return render(request, "field/arrive.html", {"visitor": visitor, **seen})


@require_POST
@field_page
def note(request: HttpRequest, visitor: Visitor, uid: uuid.UUID) -> HttpResponse:
    """Note a point for the mairie to put right."""
    stop = stop_of(visitor, uid)
    given = request.POST.get("kind", "")
    if given not in list(PointKind):
        raise Http404
    words = request.POST.get("words", "")
    if performed(request, lambda: note_point(actor=visitor.user, visit=stop.visit, kind=PointKind(given), words=words)):
        messages.success(request, f"Point noté : {POINT_KINDS[PointKind(given)]}. La mairie peut répondre d’un clic.")
    return redirect("field:arrive", uid=uid)


@require_http_methods(["GET", "HEAD", "POST"])
@field_page
def half_day(request: HttpRequest, visitor: Visitor, uid: uuid.UUID) -> HttpResponse:
    """Show the whole half-day to complete and close; closed twice and told otherwise, both versions are shown.

    « replaces » is said by someone who read them, and chose their own.
    """
    part, now = _part(visitor, uid)
    visit = part.stop.visit
    form = ClosingForm(request.POST or None, stop=part.stop, holding=part.holding, now=now)
    versions = []

    def close() -> None:
        try:
            if "replaces" in request.POST:
                correct_holding(actor=visitor.user, visit=visit, report=form.report)
            else:
                close_holding(actor=visitor.user, visit=visit, report=form.report)
        except HoldingConflict as conflict:
            given = conflict.given.values
            kept = {name: _json(getattr(conflict.kept, name)) for name in given}
            versions.append(told_apart(kept, {name: _json(value) for name, value in given.items()}))
            raise

    if accepted(form, close):
        messages.success(request, "La clôture est corrigée." if part.is_closed else "Demi-journée close. Bonne route !")
        return redirect("field:home")
    return render(request, "field/half_day.html", {"visitor": visitor, "versions": versions, **_seen(visitor, part, form)})


@require_POST
@field_page
def count(request: HttpRequest, visitor: Visitor, uid: uuid.UUID) -> HttpResponse:
    """Count one person more, or take back a tap too many."""
    stop = stop_of(visitor, uid)
    given = request.POST
    try:
        kind, key = TallyKind(given.get("kind", "")), uuid.UUID(given.get("key", ""))
        delta = int(given.get("delta", "1"))
    except ValueError as error:
        raise Http404 from error
    if kind is TallyKind.OUT_OF_BOUNDS:
        raise Http404
    performed(request, lambda: tally(actor=visitor.user, visit=stop.visit, kind=kind, key=key, delta=delta))
    return redirect(_next(request, stop))


@require_POST
@field_page
def mark(request: HttpRequest, visitor: Visitor, uid: uuid.UUID) -> HttpResponse:
    """Say that someone with an appointment came, or did not."""
    rows = Appointment.objects.reached_with(visitor.user, "booking.hold").select_related("visit")
    row = get_object_or_404(rows, uid=uid, visit__isnull=False)
    action = mark_honoured if request.POST.get("is_present") == "oui" else mark_absent
    performed(request, lambda: action(actor=visitor.user, appointment=row))
    if row.visit is None:
        raise Http404
    return redirect(_next(request, stop_of(visitor, row.visit.uid)))


def _part(visitor: Visitor, uid: uuid.UUID) -> tuple[FieldStop, dt.datetime]:
    stop = stop_of(visitor, uid)
    day = day_at(visitor, stop.date, [stop])
    return day.stops[0], day.now


def _seen(visitor: Visitor, part: FieldStop, form: ClosingForm) -> dict[str, Any]:
    conflicts = [
        (conflict, *told_apart(dict(fields_of(conflict.record.entry)), conflict.given))
        for conflict in conflicts_of(visitor.user, [part.stop.visit])
    ]
    return {
        "part": part,
        "form": form,
        "keys": [str(uuid.uuid4()) for _ in range(2)],
        "records": [(row, record_words(row), row.mediator_id) for row in part.records],
        "conflicts": conflicts,
        "here": reverse("field:half_day", kwargs={"uid": part.stop.visit.uid}),
    }


def _missing(visit: int) -> list[PointKind]:
    """Return what was found missing and is no point yet."""
    holding = Holding.objects.filter(visit=visit).first()
    if holding is None:
        return []
    noted = set(Point.objects.filter(visit=visit, side=Side.SERVICE.value).values_list("kind", flat=True))
    return [kind for name, (_, kind) in CHECKS.items() if kind and getattr(holding, name) is False and kind.value not in noted]


def _next(request: HttpRequest, stop: Stop) -> str:
    """Return to the page of the button: one of two, and no address that someone else could give."""
    if request.POST.get("from") == "half_day":
        return reverse("field:half_day", kwargs={"uid": stop.visit.uid})
    return reverse("field:home")


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.datetime) else value
