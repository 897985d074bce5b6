"""« Animer et coordonner » (art. 3-2): what the EPCI did, with which communes, for which missions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from escale.apps.activity.labels import MISSIONS
from escale.apps.audit.actors import require
from escale.apps.communication.actions import correct_coordination, record_coordination, withdraw_coordination
from escale.apps.communication.models import CoordinationAction
from escale.apps.communication.queries import coordination_lines
from escale.apps.territory import clock
from escale.apps.territory.models import Commune
from escale.core.calendar.french import date_words
from escale.core.convention.dates import add_months
from escale.web.attachments import attached_file
from escale.web.communication.forms import CoordinationForm, WithdrawForm
from escale.web.forms import accepted
from escale.web.journeys import Journey, Visitor, enter

LINES_SHOWN = 20
YEAR = 12


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def show_coordination(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show what the EPCI did to coordinate, mission by mission over twelve months, and note an action."""
    require(visitor.user, "communication.see", visitor.epci)
    today, may_note = clock.today(visitor.epci), visitor.holds("coordination.note")
    form = CoordinationForm(request.POST or None, request.FILES or None, served=_served(visitor), initial={"day": today})
    if request.method == "POST":
        require(visitor.user, "coordination.note", visitor.epci)

    def note() -> None:
        record_coordination(actor=visitor.user, epci=visitor.epci, told=form.told, proof=form.upload)

    if accepted(form, note):
        messages.success(request, f"C’est noté, au {date_words(form.cleaned_data['day'])}.")
        return redirect("steering:coordination")
    lines = coordination_lines(_seen(visitor))
    first = add_months(today, -YEAR)
    standing = [line for line in lines if line.action.stands and first < line.action.day <= today]
    seen = {
        "visitor": visitor,
        "form": form,
        "may_note": may_note,
        "correcting": "steering:correct_coordination" if may_note else "",
        "since": first,
        "count": len(standing),
        "by_mission": [(words, sum(words in line.missions for line in standing)) for words in MISSIONS.values()],
        "untied": sum(not line.missions for line in standing),
        "lines": lines[:LINES_SHOWN],
        "earlier": lines[LINES_SHOWN:],
    }
    return render(request, "communication/coordination.html", seen)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def correct(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Correct an action of coordination."""
    action = _one(visitor, pk)
    form = CoordinationForm(request.POST or None, request.FILES or None, served=_served(visitor), action=action)
    if accepted(form, lambda: correct_coordination(actor=visitor.user, action=action, told=form.told, proof=form.upload)):
        messages.success(request, "L’action est corrigée.")
        return redirect("steering:coordination")
    return _page(request, visitor, action, form)


@require_POST
@enter(Journey.STEERING)
def withdraw(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Withdraw an action that was noted by mistake, with the reason."""
    action = _one(visitor, pk)
    form = WithdrawForm(request.POST)
    if accepted(form, lambda: withdraw_coordination(actor=visitor.user, action=action, why=form.cleaned_data["why"])):
        messages.success(request, "L’action est retirée. Elle reste dans la liste, et ne compte plus.")
        return redirect("steering:coordination")
    return _page(request, visitor, action, CoordinationForm(served=_served(visitor), action=action), withdrawing=form)


@require_safe
@enter(Journey.STEERING)
def send_proof(_request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Give the proof of an action, as it was given."""
    require(visitor.user, "communication.see", visitor.epci)
    rows = _seen(visitor).select_related("proof__content").defer("proof__content__content")
    row = get_object_or_404(rows, pk=pk)
    if row.proof is None:
        raise Http404
    return attached_file(row.proof)


def _page(
    request: HttpRequest,
    visitor: Visitor,
    action: CoordinationAction,
    form: CoordinationForm,
    *,
    withdrawing: WithdrawForm | None = None,
) -> HttpResponse:
    seen = {"visitor": visitor, "action": action, "form": form, "withdrawing": withdrawing or WithdrawForm()}
    return render(request, "communication/correct_coordination.html", seen)


def _served(visitor: Visitor) -> Any:
    today = clock.today(visitor.epci)
    return Commune.objects.served_in(visitor.epci, today, today).defer("outline")


def _seen(visitor: Visitor) -> Any:
    return CoordinationAction.objects.visible_to(visitor.user).filter(epci=visitor.epci)


def _one(visitor: Visitor, key: int) -> CoordinationAction:
    require(visitor.user, "coordination.note", visitor.epci)
    row: CoordinationAction = get_object_or_404(_seen(visitor).standing().select_related("epci"), pk=key)
    return row
