"""The first page of the steering: who goes where next, and what waits."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from escale.apps.schedule.queries import latest_run
from escale.apps.territory import clock
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.queries import team_lines, territory_figures
from escale.web.steering.today import conventions_wait, next_day, waiting_for


@require_safe
@enter(Journey.STEERING)
def home(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the next day of the tour, what waits for an answer, the territory and the team of today."""
    epci, user = visitor.epci, visitor.user
    today = clock.today(epci)
    run = latest_run(epci, today.year + 1) or latest_run(epci, today.year) if visitor.sees_drafts else None
    seen = {
        "visitor": visitor,
        "today": today,
        "day": next_day(user, epci, today),
        "waiting": [
            *(waiting_for(user, epci, today) if visitor.sees_drafts else []),
            *(conventions_wait(epci, today) if visitor.manages_conventions else []),
        ],
        "run": run if run is not None and (run.is_under_way or run.error) else None,
        "territory": territory_figures(epci, today),
        "team": team_lines(user, epci, today),
    }
    return render(request, "steering/home.html", seen)
