"""« Faire connaître les permanences »: what a town hall copies, prints and links to, and what both parties did."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from escale.apps.communication.models import CommunicationAction
from escale.apps.communication.queries import action_lines
from escale.apps.territory import clock
from escale.web.attachments import attached
from escale.web.communication import log
from escale.web.communication.forms import ActionForm
from escale.web.communication.wording import bare_address, ready_texts
from escale.web.journeys import Journey, Visitor, enter
from escale.web.takeaway.announcing import Announcement, announcements
from escale.web.takeaway.codes import code_of


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.COMMUNE)
def show_kit(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the kit and the log of both parties, and note an action of the commune."""
    commune, today = visitor.commune, clock.today(visitor.epci)
    form = ActionForm(request.POST or None, request.FILES or None, initial={"day": today})
    if log.noted(request, visitor, form, commune):
        return redirect("commune:communication")
    told = _announced(visitor)
    actions = CommunicationAction.objects.visible_to(visitor.user).filter(epci=visitor.epci)
    seen = {
        "visitor": visitor,
        "commune": commune,
        "told": told,
        "texts": ready_texts(told),
        "site": settings.ADDRESS.rstrip("/"),
        "bare": bare_address(told),
        "code": code_of(told.address),
        "form": form,
        "own": action_lines(actions.of_commune(commune)),
        "theirs": action_lines(actions.of_epci(visitor.epci).concerning(commune)),
        "this_year": actions.of_commune(commune).standing().filter(day__year=today.year).count(),
        "year": today.year,
    }
    return render(request, "communication/mairie.html", seen)


@require_safe
@enter(Journey.COMMUNE)
def send_code(_request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Give the code that leads to the page of the commune, to put in a bulletin."""
    told = _announced(visitor)
    name = f"code-{told.commune.slug or told.commune.code.lower()}.svg"
    return attached(code_of(told.address).svg.encode(), name=name, media_type="image/svg+xml")


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.COMMUNE)
def correct(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Correct an action of the commune."""
    action = log.written_by_commune(visitor, pk)
    form = ActionForm(request.POST or None, request.FILES or None, action=action)
    seen = {"commune": visitor.commune, "base": "commune/base.html", "back": reverse("commune:communication")}
    seen["withdraw"] = reverse("commune:withdraw_communication", args=[pk])
    return log.correct(request, visitor, action, form, Journey.COMMUNE, seen)


@require_POST
@enter(Journey.COMMUNE)
def withdraw(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Withdraw an action of the commune."""
    return log.withdraw(request, visitor, log.written_by_commune(visitor, pk), Journey.COMMUNE)


@require_safe
@enter(Journey.COMMUNE)
def send_proof(_request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Give the proof of an action that the commune sees."""
    return log.proof_of(visitor, pk)


def _announced(visitor: Visitor) -> Announcement:
    [told] = announcements(visitor.epci, [visitor.commune], clock.today(visitor.epci))
    return told
