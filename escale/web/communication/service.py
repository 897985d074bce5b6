"""« Faire connaître le service »: the kit of the whole territory, who noted an action this year, and what the EPCI did."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from escale.apps.audit.actors import require
from escale.apps.communication.models import CommunicationAction
from escale.apps.communication.queries import action_lines, communes_in_year
from escale.apps.territory import clock
from escale.apps.territory.models import Commune
from escale.web.communication import log
from escale.web.communication.forms import EpciActionForm
from escale.web.journeys import Journey, Visitor, enter

LAST_SHOWN, LINES_SHOWN = 8, 60
"""What the communes noted last, and what is folded below; each town hall has its whole list."""


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def show_service(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show what the service may use and what both parties did, and note an action of the EPCI."""
    require(visitor.user, "communication.see", visitor.epci)
    today = clock.today(visitor.epci)
    may_note = visitor.holds("communication.note_epci")
    served = Commune.objects.served_in(visitor.epci, today, today).defer("outline")
    form = EpciActionForm(request.POST or None, request.FILES or None, served=served, initial={"day": today})
    if request.method == "POST":
        require(visitor.user, "communication.note_epci", visitor.epci)
    if log.noted(request, visitor, form, None):
        return redirect("steering:communication")
    years = communes_in_year(visitor.epci, today)
    actions = CommunicationAction.objects.visible_to(visitor.user).filter(epci=visitor.epci)
    own = action_lines(actions.of_epci(visitor.epci))
    theirs = action_lines(actions.exclude(commune=None)[:LINES_SHOWN])
    first = dt.date(today.year, 1, 1)
    seen = {
        "visitor": visitor,
        "today": today,
        "form": form,
        "may_note": may_note,
        "correcting": "steering:correct_communication" if may_note else "",
        "may_batch": visitor.holds("documents.batch"),
        "site": settings.ADDRESS.rstrip("/"),
        "served": served,
        "with_action": [one for one in years if one.count],
        "without_action": [one for one in years if not one.count],
        "binding": len(years),
        "own": own,
        "own_count": sum(line.action.stands and line.action.day >= first for line in own),
        "theirs": theirs[:LAST_SHOWN],
        "earlier": theirs[LAST_SHOWN:],
    }
    return render(request, "communication/service.html", seen)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def correct(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Correct an action of the EPCI."""
    require(visitor.user, "communication.note_epci", visitor.epci)
    action, today = log.written_by_epci(visitor, pk), clock.today(visitor.epci)
    served = Commune.objects.served_in(visitor.epci, today, today).defer("outline")
    form = EpciActionForm(request.POST or None, request.FILES or None, served=served, action=action)
    seen: dict[str, object] = {"base": "steering/base.html", "back": reverse("steering:communication")}
    seen["withdraw"] = reverse("steering:withdraw_communication", args=[pk])
    return log.correct(request, visitor, action, form, Journey.STEERING, seen)


@require_POST
@enter(Journey.STEERING)
def withdraw(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Withdraw an action of the EPCI."""
    return log.withdraw(request, visitor, log.written_by_epci(visitor, pk), Journey.STEERING)


@require_safe
@enter(Journey.STEERING)
def send_proof(_request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Give the proof of an action of either party."""
    return log.proof_of(visitor, pk)
