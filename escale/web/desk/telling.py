"""The list « à prévenir »: what only the mairie can tell the people whom it follows."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from escale.apps.booking.actions import tick_telling
from escale.apps.booking.models import Telling
from escale.web.desk.counter import Counter, shown
from escale.web.desk.untold import to_tell
from escale.web.forms import performed


@require_safe
def list_people(request: HttpRequest, counter: Counter) -> HttpResponse:
    """Show whom to tell, and what."""
    return shown(request, counter, "telling", people=to_tell(counter))


@require_POST
def tick(request: HttpRequest, counter: Counter, pk: int) -> HttpResponse:
    """Say that someone has been told."""
    rows = Telling.objects.visible_to(counter.visitor.user)
    ours = rows.filter(appointment__asking=counter.commune) | rows.filter(offer__demande__commune=counter.commune)
    telling = get_object_or_404(ours, pk=pk)
    if performed(request, lambda: tick_telling(actor=counter.visitor.user, telling=telling)):
        messages.success(request, "C’est noté : la personne est prévenue.")
    return redirect(counter.url("telling"))
