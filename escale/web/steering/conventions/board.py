"""The board of the conventions: where each one stands, what comes next, when, and who owes it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from escale.apps.conventions.models import Convention
from escale.web.journeys import Journey, Visitor, enter


@require_safe
@enter(Journey.STEERING)
def show_board(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """List the conventions of the EPCI."""
    conventions = Convention.objects.visible_to(visitor.user).filter(epci=visitor.epci).select_related("commune")
    return render(request, "steering/conventions/board.html", {"visitor": visitor, "conventions": conventions})
