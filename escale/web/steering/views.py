"""The first page of the steering: is the year planned, with which territory and which team."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from escale.apps.schedule.queries import latest_run
from escale.apps.territory import clock
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.queries import team_lines, territory_figures


@require_safe
@enter(Journey.STEERING)
def home(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the state of the tour, the territory and the team of today."""
    epci = visitor.epci
    today = clock.today(epci)
    seen = {
        "visitor": visitor,
        "today": today,
        "tour": latest_run(epci, today.year + 1) or latest_run(epci, today.year),
        "territory": territory_figures(epci, today),
        "team": team_lines(visitor.user, epci, today),
    }
    return render(request, "steering/home.html", seen)
