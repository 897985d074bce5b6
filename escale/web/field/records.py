"""Note a person in a few taps, correct what was noted, take it away, choose between two versions."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from escale.apps.activity.actions import RecordConflict, correct_record, log_record, remove_record, settle_conflict
from escale.apps.activity.models import Conflict, Record
from escale.apps.activity.motives import PROPOSED
from escale.apps.booking.models import Appointment
from escale.apps.territory import clock
from escale.apps.workshops.models import Workshop
from escale.core.activity.parsing import fields_of
from escale.core.activity.vocabulary import ActivityKind
from escale.core.booking.motives import Motive
from escale.core.workshops.states import STANDING
from escale.web.field.mine import field_page, stop_of, writes_here
from escale.web.field.offline.versions import told_apart
from escale.web.field.record_forms import FORMS, RecordForm, initial_of
from escale.web.field.words import record_words
from escale.web.forms import accepted, performed
from escale.web.journeys import Visitor
from escale.web.stops import Stop


@require_http_methods(["GET", "HEAD", "POST"])
@field_page
def log(request: HttpRequest, visitor: Visitor, uid: uuid.UUID) -> HttpResponse:
    """Note a person of a half-day; « rendez-vous » names an appointment, whose motive fills the form."""
    stop = stop_of(visitor, uid)
    kind = _kind(request)
    appointment = _appointment(visitor, stop, request.GET.get("rendez-vous", ""))
    initial = {"visit": str(uid), **(_proposed(appointment) if appointment else {})}
    form = FORMS[kind](request.POST or None, now=clock.moment(visitor.epci), initial=initial)

    def write() -> None:
        if form.entry is not None:
            messages.success(request, f"C’est noté : {record_words(log_record(actor=visitor.user, record=form.entry))}.")

    if accepted(form, write):
        return redirect(_back(request, stop))
    workshops = _workshops_at(visitor, stop) if kind is ActivityKind.COLLECTIVE else []
    seen = {"stop": stop, "form": form, "kind": kind, "appointment": appointment, "workshops": workshops}
    seen["writes_here"] = writes_here(visitor)
    return render(request, "field/log.html", {"visitor": visitor, "done": _back(request, stop), **seen})


@require_http_methods(["GET", "HEAD", "POST"])
@field_page
def correct(request: HttpRequest, visitor: Visitor, key: uuid.UUID) -> HttpResponse:
    """Correct a record; when it was corrected meanwhile elsewhere, show both versions and let the mediator choose."""
    row = _own(visitor, key)
    form = _form_of(row, request, clock.moment(visitor.epci))
    conflicts: list[RecordConflict] = []

    def write() -> None:
        if form.entry is None:
            return
        try:
            correct_record(actor=visitor.user, row=row, record=form.entry)
        except RecordConflict as conflict:
            conflicts.append(conflict)
            raise

    if accepted(form, write):
        messages.success(request, "C’est corrigé.")
        return redirect(_page_of(row))
    versions = [told_apart(dict(fields_of(one.kept.entry)), dict(fields_of(one.given))) for one in conflicts]
    seen = {"row": row, "form": form, "kind": ActivityKind(row.kind), "versions": versions, "next_version": row.version + 1}
    return render(request, "field/correct.html", {"visitor": visitor, "words": record_words(row), "back": _page_of(row), **seen})


@require_POST
@field_page
def remove(request: HttpRequest, visitor: Visitor, key: uuid.UUID) -> HttpResponse:
    """Take away a record that was written by mistake."""
    row = _own(visitor, key)
    if performed(request, lambda: remove_record(actor=visitor.user, row=row)):
        messages.success(request, f"Fiche retirée : {record_words(row)}.")
    return redirect(_page_of(row))


@require_POST
@field_page
def choose_version(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Keep one of the two versions of a record."""
    rows = Conflict.objects.filter(record__mediator__user=visitor.user).select_related("record__visit")
    conflict = get_object_or_404(rows, pk=pk)
    keep_given = request.POST.get("version") == "given"
    if performed(request, lambda: settle_conflict(actor=visitor.user, conflict=conflict, keep_given=keep_given)):
        messages.success(request, "La version choisie est gardée.")
    return redirect(_page_of(conflict.record))


def _kind(request: HttpRequest) -> ActivityKind:
    given = request.GET.get("sorte", "")
    return ActivityKind(given) if given in list(ActivityKind) else ActivityKind.INDIVIDUAL


def _own(visitor: Visitor, key: uuid.UUID) -> Record:
    rows = Record.objects.visible_to(visitor.user).standing().filter(mediator__user=visitor.user)
    return get_object_or_404(rows.select_related("visit", "commune", "epci", "mediator"), key=key)


def _form_of(row: Record, request: HttpRequest, now: Any) -> RecordForm:
    initial = initial_of(row.entry)
    return FORMS[ActivityKind(row.kind)](request.POST or None, now=now, initial=initial)


def _appointment(visitor: Visitor, stop: Stop, given: str) -> Appointment | None:
    try:
        uid = uuid.UUID(given)
    except ValueError:
        return None
    return Appointment.objects.visible_to(visitor.user).standing().filter(visit=stop.visit, uid=uid).first()


def _workshops_at(visitor: Visitor, stop: Stop) -> list[Workshop]:
    """Return the workshops of that day in the commune: each is noted by itself when it is held, and never here too."""
    rows = Workshop.objects.visible_to(visitor.user).filter(host=stop.commune, date=stop.date)
    return list(rows.filter(state__in=[state.value for state in STANDING]).order_by("starts", "pk"))


def _proposed(appointment: Appointment) -> dict[str, Any]:
    theme, procedure = PROPOSED[Motive(appointment.motive)]
    return {
        "appointment": str(appointment.uid),
        "asked_at": appointment.asked_at.isoformat(),
        "themes": [str(theme)],
        "procedures": [str(procedure)] if procedure else [],
        "minutes": str(appointment.slot_minutes * appointment.slot_count),
    }


def _back(request: HttpRequest, stop: Stop) -> str:
    """Return where a mediator goes on: to the day, or to the half-day that is being closed."""
    if "clore" in request.GET:
        return reverse("field:half_day", kwargs={"uid": stop.visit.uid})
    return reverse("field:home")


def _page_of(row: Record) -> str:
    return reverse("field:home") if row.visit is None else reverse("field:half_day", kwargs={"uid": row.visit.uid})
