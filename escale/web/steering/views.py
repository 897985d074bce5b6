"""The first page of the steering: is the year planned, with which territory and which team."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from escale.apps.territory import clock
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.queries import team_lines, territory_figures
from escale.web.steering.tour import tour_state


@require_safe
@enter(Journey.STEERING)
def home(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the state of the tour, the territory and the team of today."""
    epci = visitor.epci
    today = clock.today(epci)
    seen = {
        "visitor": visitor,
        "today": today,
        "tour": tour_state(epci, today),
        "territory": territory_figures(epci, today),
        "team": team_lines(visitor.user, epci, today),
    }
    return render(request, "steering/home.html", seen)
