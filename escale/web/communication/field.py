"""What a mediator did so that people know of the service: noted for the EPCI, for everyone or for some communes (art. 3-2)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from escale.apps.territory import clock
from escale.apps.territory.models import Commune
from escale.web.communication import log
from escale.web.communication.forms import EpciActionForm
from escale.web.journeys import Journey, Visitor, enter


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.FIELD)
def note(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Note an action of the EPCI."""
    today = clock.today(visitor.epci)
    served = Commune.objects.served_in(visitor.epci, today, today).defer("outline")
    form = EpciActionForm(request.POST or None, request.FILES or None, served=served, initial={"day": today})
    if log.noted(request, visitor, form, None):
        return redirect("field:communication")
    return render(request, "communication/field.html", {"visitor": visitor, "form": form})
