"""The page of a mairie: describe what does not work, and see what happens to it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from escale.apps.territory.queries import mairie_of
from escale.apps.urgencies.actions import ask_urgency, withdraw_urgency
from escale.apps.urgencies.models import Request
from escale.web.forms import accepted, performed
from escale.web.journeys import Journey, Visitor, enter
from escale.web.urgencies.forms import UrgencyForm
from escale.web.urgencies.reading import SHOWN, duty_now, lines_of, seen_by


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.COMMUNE)
def ask(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show who is on call, the form, and what was asked before."""
    commune = visitor.commune
    mairie = mairie_of(commune)
    form = UrgencyForm(request.POST or None, phone=mairie.phone if mairie else "")
    asked: list[Request] = []
    if accepted(form, lambda: asked.append(ask_urgency(actor=visitor.user, commune=commune, **form.cleaned_data))):
        told = asked[0].told
        messages.success(request, f"C’est transmis à {told.first_name}." if told else "C’est transmis à la coordination.")
        return redirect("commune:urgencies")
    lines = lines_of(seen_by(visitor)[:SHOWN])
    seen = {
        "visitor": visitor,
        "commune": commune,
        "form": form,
        "duty": duty_now(visitor),
        "going_on": [line for line in lines if not line.row.is_over],
        "over": [line for line in lines if line.row.is_over],
    }
    return render(request, "urgencies/ask.html", seen)


@require_POST
@enter(Journey.COMMUNE)
def withdraw(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Take back what works again."""
    row = get_object_or_404(seen_by(visitor), pk=pk)
    if performed(request, lambda: withdraw_urgency(actor=visitor.user, request=row)):
        messages.success(request, "C’est noté : vous n’avez plus besoin d’aide pour cela.")
    return redirect("commune:urgencies")
