"""The deadlines of all conventions: a list by month, and the address of their calendar."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from escale.apps.audit.actors import require
from escale.web.journeys import Journey, Visitor, enter


@require_safe
@enter(Journey.STEERING)
def show_deadlines(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """List what falls due, month by month."""
    require(visitor.user, "feeds.deadlines", visitor.epci)
    return render(request, "steering/conventions/deadlines.html", {"visitor": visitor})


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def show_feed(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Give the address at which an agenda follows the deadlines."""
    require(visitor.user, "feeds.deadlines", visitor.epci)
    return render(request, "steering/conventions/deadlines.html", {"visitor": visitor})
