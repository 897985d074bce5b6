"""One appointment: the confirmation with what to bring, the slip to print, correcting and cancelling it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from escale.apps.booking.actions import cancel_appointment, correct_appointment
from escale.apps.booking.kinds import Channel
from escale.apps.booking.labels import AGENTS, APPOINTMENT_STATES, CANCELLED_BY, CHANNELS
from escale.apps.booking.models import Appointment
from escale.apps.booking.queries import AppointmentLine, lines_of
from escale.apps.documents.rendering import Layout
from escale.core.booking.states import AppointmentState
from escale.web.desk.counter import Counter, shown
from escale.web.desk.forms import CancelForm, PersonForm
from escale.web.desk.papers import place_of, slip_of
from escale.web.desk.reading import WITH, need_words
from escale.web.forms import accepted
from escale.web.takeaway.responses import pdf_response

SLIP = "rappel-de-rendez-vous"
"""The name of the file: it names nobody."""


@require_safe
def show_appointment(request: HttpRequest, counter: Counter, uid: uuid.UUID) -> HttpResponse:
    """Show an appointment; once booked, what to say to the person."""
    line = _line(counter, uid)
    row = line.appointment
    seen = {
        "line": line,
        "is_new": "nouveau" in request.GET,
        "place": place_of(line),
        "needs": need_words(line.needs),
        "by_mairie": row.channel == Channel.MAIRIE,
        "channel": CHANNELS[Channel(row.channel)],
        "state": APPOINTMENT_STATES[AppointmentState(row.state)],
        "is_booked": row.state == AppointmentState.BOOKED,
        "agents": AGENTS,
        "cancelled_by": CANCELLED_BY,
    }
    return shown(request, counter, "appointment", **seen)


@require_safe
def print_slip(request: HttpRequest, counter: Counter, uid: uuid.UUID) -> HttpResponse:
    """Give the slip of an appointment in large type, for someone who has no telephone."""
    del request
    line = _line(counter, uid)
    if line.appointment.state != AppointmentState.BOOKED:
        raise Http404("Ce rendez-vous n’est plus prévu : il n’y a rien à rappeler.")
    return pdf_response(slip_of(line), Layout.SLIP, SLIP)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, counter: Counter, uid: uuid.UUID) -> HttpResponse:
    """Change what is written of the person."""
    line = _line(counter, uid)
    row = line.appointment
    if not line.person:
        raise Http404
    form = PersonForm(request.POST or None, epci=counter.epci, row=row)
    if accepted(form, lambda: correct_appointment(actor=counter.visitor.user, appointment=row, person=form.person)):
        messages.success(request, "C’est corrigé.")
        return redirect(counter.url("appointment", uid=uid))
    back = counter.url("appointment", uid=uid)
    seen = {"form": form, "more": [form["residence"]], "title": "Corriger le rendez-vous", "back": back}
    return shown(request, counter, "correct", **seen)


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, counter: Counter, uid: uuid.UUID) -> HttpResponse:
    """Ask who gives the appointment up, and free its slot."""
    line = _line(counter, uid)
    form = CancelForm(request.POST or None)
    if accepted(form, lambda: cancel_appointment(actor=counter.visitor.user, appointment=line.appointment, **form.cleaned_data)):
        messages.success(request, "Le rendez-vous est annulé ; son créneau est de nouveau libre.")
        return redirect(counter.url("visits"))
    return shown(request, counter, "cancel", form=form, line=line)


def _line(counter: Counter, uid: uuid.UUID) -> AppointmentLine:
    """Return an appointment that the commune asked for or receives; a page that is not there (404) for another one."""
    rows = Appointment.objects.visible_to(counter.visitor.user).select_related(*WITH, "visit__commune", "asking")
    row = get_object_or_404(rows, uid=uid)
    here = {row.asking_id, row.visit.commune_id if row.visit else None}
    if counter.commune.pk not in here:
        raise Http404
    return lines_of(counter.visitor.user, [row])[0]
