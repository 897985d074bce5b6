"""The pages of the team: what waits, and each step of an urgency, on a telephone as on a desk."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from escale.apps.audit.actors import require
from escale.apps.urgencies.actions import answer_urgency, close_urgency, solve_urgency, turn_away_urgency
from escale.apps.urgencies.models import Request
from escale.apps.urgencies.models.requests import OVER_VALUES
from escale.web.forms import accepted, performed
from escale.web.journeys import Journey, Visitor
from escale.web.urgencies.forms import ClosingForm, TurningForm
from escale.web.urgencies.reading import SHOWN, duty_now, followed, lines_of, seen_by

BASES = {Journey.FIELD: "field/base.html", Journey.STEERING: "steering/base.html"}
BUTTONS: dict[str, tuple[Callable[..., Request], str]] = {
    "repondre": (answer_urgency, "C’est noté : vous vous en occupez."),
    "resoudre": (solve_urgency, "C’est noté : résolu. Un mot à la mairie, et c’est clos."),
}
FORMS: dict[str, tuple[type[forms.Form], Callable[..., Request], str]] = {
    "clore": (ClosingForm, close_urgency, "C’est clos, et dit à la mairie."),
    "confier": (TurningForm, turn_away_urgency, "C’est noté, et dit à la mairie."),
}


@require_safe
def list_urgencies(request: HttpRequest, visitor: Visitor, journey: Journey) -> HttpResponse:
    """List what goes on and what is over; the coordination sees the times and the roster too."""
    require(visitor.user, "urgencies.see", visitor.epci)
    over = seen_by(visitor).filter(state__in=OVER_VALUES)[:SHOWN]
    seen = {
        "visitor": visitor,
        "base": BASES[journey],
        "in_steering": journey is Journey.STEERING,
        "duty": duty_now(visitor),
        "going_on": lines_of(seen_by(visitor).going_on()),
        "over": lines_of(over),
        "followed": followed(visitor) if journey is Journey.STEERING else None,
    }
    return render(request, "urgencies/list.html", seen)


@require_safe
def show_urgency(request: HttpRequest, visitor: Visitor, journey: Journey, pk: int) -> HttpResponse:
    """Show one request and what can be done with it."""
    return _show(request, visitor, journey, _row(visitor, pk), {})


@require_POST
def do_step(request: HttpRequest, visitor: Visitor, journey: Journey, pk: int, deed: str) -> HttpResponse:
    """Do one step; what is badly written is shown beside its field."""
    row = _row(visitor, pk)
    if deed in BUTTONS:
        action, said = BUTTONS[deed]
        if performed(request, lambda: action(actor=visitor.user, request=row)):
            messages.success(request, said)
    elif deed in FORMS:
        kind, action, said = FORMS[deed]
        form = kind(request.POST)
        if not accepted(form, lambda: action(actor=visitor.user, request=row, **form.cleaned_data)):
            return _show(request, visitor, journey, row, {deed: form})
        messages.success(request, said)
    else:
        raise Http404
    return redirect(f"{_space(journey)}:urgency", pk)


def _show(request: HttpRequest, visitor: Visitor, journey: Journey, row: Request, bound: dict[str, forms.Form]) -> HttpResponse:
    (line,) = lines_of(seen_by(visitor).filter(pk=row.pk))
    seen = {
        "visitor": visitor,
        "base": BASES[journey],
        "in_steering": journey is Journey.STEERING,
        "line": line,
        "address": reverse(f"{_space(journey)}:urgency", args=[row.pk]),
        "closing": bound.get("clore") or ClosingForm(),
        "turning": bound.get("confier") or TurningForm(),
    }
    return render(request, "urgencies/one.html", seen)


def _row(visitor: Visitor, pk: int) -> Request:
    require(visitor.user, "urgencies.see", visitor.epci)
    return get_object_or_404(seen_by(visitor), pk=pk)


def _space(journey: Journey) -> str:
    return journey.home.partition(":")[0]
