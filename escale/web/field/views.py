"""The pages of a mediator."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from escale.apps.territory import clock
from escale.web.journeys import Journey, Visitor, enter


@require_safe
@enter(Journey.FIELD)
def home(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the day of the mediator."""
    return render(request, "field/home.html", {"visitor": visitor, "today": clock.today(visitor.epci)})
