"""Trainings (art. 7) and habilitation to Aidants Connect (art. 3-2): who is where, who is late; never the mandates."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from escale.apps.audit.actors import require
from escale.apps.team.actions import record_habilitation, record_structure_habilitation, record_training, remove_training
from escale.apps.team.labels import HABILITATION_STATES, hours_words
from escale.apps.team.models import Habilitation, Mediator, Occupancy, RoomBooking, StructureHabilitation, Training
from escale.apps.team.skills import YEAR, skill_lines
from escale.apps.territory import clock
from escale.apps.territory.catalogue import CERTIFICATION_GRACE_DAYS
from escale.apps.territory.queries import value_of
from escale.core.team.habilitation import HabilitationState
from escale.web.forms import accepted
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.means.asking import Asked, ask
from escale.web.steering.means.forms import HabilitationForm, StructureForm, TrainingForm

TONES = {
    HabilitationState.NOTHING: "soon",
    HabilitationState.IN_TRAINING: "info",
    HabilitationState.TRAINED: "info",
    HabilitationState.VALID: "good",
    HabilitationState.EXPIRED: "late",
}
BOOKED_SINCE = dt.timedelta(days=60)


@require_safe
@enter(Journey.STEERING)
def show_learning(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show how far each mediator is, and the trainings of the last twelve months."""
    require(visitor.user, "team.see", visitor.epci)
    today, grace = clock.today(visitor.epci), value_of(visitor.epci, CERTIFICATION_GRACE_DAYS)
    mine = Occupancy.objects.visible_to(visitor.user).filter(post__epci=visitor.epci)
    lines = skill_lines(mine, today, grace=lambda _epci: grace)
    trainings = Training.objects.visible_to(visitor.user).filter(mediator__epci=visitor.epci, date__gt=today - YEAR)
    structure = StructureHabilitation.objects.visible_to(visitor.user).filter(epci=visitor.epci)
    seen = {
        "visitor": visitor,
        "today": today,
        "grace": grace,
        "lines": [(line, HABILITATION_STATES[line.state], TONES[line.state], hours_words(line.hours)) for line in lines],
        "trainings": [(row, hours_words(row.hours)) for row in trainings.select_related("mediator", "booking__room")],
        "structure": structure.on(today).first(),
        "may_manage": visitor.holds("team.manage"),
    }
    return render(request, "steering/means/learning.html", seen)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def add_training(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Write down a training."""
    require(visitor.user, "team.manage", visitor.epci)
    form = TrainingForm(request.POST or None)
    form.among("mediator", _mediators(visitor))
    since = clock.today(visitor.epci) - BOOKED_SINCE
    rooms = RoomBooking.objects.visible_to(visitor.user).filter(room__epci=visitor.epci, date__gte=since)
    form.among("booking", rooms.select_related("room"))
    if accepted(form, lambda: record_training(actor=visitor.user, **form.cleaned_data)):
        messages.success(request, f"Formation notée pour {form.cleaned_data['mediator']}.")
        return redirect("steering:learning")
    return ask(request, visitor, form, _asked("Quelle formation, pour qui ?", "Noter cette formation"))


@require_POST
@enter(Journey.STEERING)
def take_training_away(request: HttpRequest, visitor: Visitor, training: int) -> HttpResponse:
    """Take away a training that was written by mistake."""
    rows = Training.objects.visible_to(visitor.user).filter(mediator__epci=visitor.epci)
    row = get_object_or_404(rows.select_related("mediator__epci"), pk=training)
    remove_training(actor=visitor.user, training=row)
    messages.success(request, f"Formation retirée pour {row.mediator} : {row}.")
    return redirect("steering:learning")


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def edit_habilitation(request: HttpRequest, visitor: Visitor, mediator: int) -> HttpResponse:
    """Write how far someone is with Aidants Connect."""
    require(visitor.user, "team.manage", visitor.epci)
    who = get_object_or_404(_mediators(visitor), pk=mediator)
    known = Habilitation.objects.filter(mediator=who).first()
    form = HabilitationForm(request.POST or None, initial=model_to_dict(known) if known else None)
    if accepted(form, lambda: record_habilitation(actor=visitor.user, mediator=who, **form.cleaned_data)):
        messages.success(request, f"{who} : habilitation enregistrée.")
        return redirect("steering:learning")
    return ask(request, visitor, form, _asked(f"Où en est {who} avec Aidants Connect ?", "Enregistrer"))


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def edit_structure(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Write from when to when the EPCI is habilitated."""
    require(visitor.user, "team.manage", visitor.epci)
    known = StructureHabilitation.objects.filter(epci=visitor.epci).first()
    form = StructureForm(request.POST or None, initial=model_to_dict(known) if known else None)
    if accepted(form, lambda: record_structure_habilitation(actor=visitor.user, epci=visitor.epci, **form.cleaned_data)):
        messages.success(request, "Habilitation de la structure enregistrée.")
        return redirect("steering:learning")
    return ask(request, visitor, form, _asked("Depuis quand la structure est-elle habilitée ?", "Enregistrer"))


def _asked(question: str, button: str) -> Asked:
    return Asked(question=question, button=button, here="learning", back="learning", back_words="Les formations")


def _mediators(visitor: Visitor) -> Any:
    return Mediator.objects.visible_to(visitor.user).filter(epci=visitor.epci).select_related("epci")
