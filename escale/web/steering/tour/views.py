"""The year at a glance: the published one, and that of a draft."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from escale.apps.audit.actors import require
from escale.apps.schedule.labels import PLAN_STATES
from escale.apps.schedule.models import Plan, PlanState
from escale.apps.schedule.queries import months_words
from escale.apps.territory import clock
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.tour.cells import Links, cells_of, explain_address, month_label
from escale.web.steering.tour.figures import draft_words, published_words
from escale.web.steering.tour.queries import draft_tour, latest_draft, published_year
from escale.web.steering.tour.year import Order, Tour

ORDERS = {Order.MEDIATOR: "par médiateur", Order.DAY: "par jour habituel", Order.COMMUNE: "par commune"}
FIRST_YEAR, LAST_YEAR = 1900, 2999


@require_safe
@enter(Journey.STEERING)
def show_year(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show what is published of a civil year."""
    today = clock.today(visitor.epci)
    year = _year(request.GET.get("annee", ""), today.year)
    found = published_year(visitor.user, visitor.epci, year)
    seen = {
        "visitor": visitor,
        "found": found,
        "title": str(year),
        "figures": published_words(found),
        "years": sorted({*found.years, year, today.year}),
        "draft": latest_draft(visitor.user, visitor.epci, year),
        # The last one published has all the months of its year, whichever of them it replaced.
        "explain": explain_address(max(found.plans, key=lambda plan: plan.number)) if found.plans else "",
        **_table(request, found.tour, Links.to_days(), today),
    }
    return render(request, "steering/tour/year.html", seen)


@require_safe
@enter(Journey.STEERING)
def show_plan(request: HttpRequest, visitor: Visitor, number: int) -> HttpResponse:
    """Show the year of a draft, each cell open to a change; a tour that was published is shown as it stands."""
    require(visitor.user, "schedule.draft", visitor.epci)
    plan = get_object_or_404(Plan.objects.visible_to(visitor.user).select_related("epci"), epci=visitor.epci, number=number)
    tour = draft_tour(visitor.user, plan)
    links = Links.to_edits(plan) if plan.is_open else Links.to_days(plan)
    seen = {
        "visitor": visitor,
        "plan": plan,
        "state": plan.state,
        "state_words": PLAN_STATES[PlanState(plan.state)],
        "explain": explain_address(plan) if plan.is_open else "",
        "title": months_words(plan.months),
        "figures": draft_words(plan, tour),
        **_table(request, tour, links, clock.today(visitor.epci)),
    }
    return render(request, "steering/tour/plan.html", seen)


def _table(request: HttpRequest, tour: Tour, links: Links, today: dt.date) -> dict[str, Any]:
    """Return the table of a tour in the order that is asked for."""
    asked = request.GET.get("par", "")
    order = Order(asked) if asked in set(Order) else Order.MEDIATOR
    several = len({month.year for month in tour.months}) > 1
    groups = tour.groups(order)
    return {
        "tour": tour,
        "order": order,
        "orders": list(ORDERS.items()),
        "month_labels": [(month_label(month, with_year=several), str(month)) for month in tour.months],
        "unserved": tour.unserved,
        "irregular": tour.irregular,
        "has_fragile": tour.has_fragile,
        "columns": len(tour.months) + 2,
        "groups": [
            (group.heading, [(line, line.coming(today), cells_of(line, links)) for line in group.lines]) for group in groups
        ],
    }


def _year(text: str, default: int) -> int:
    """Return the year of an address; another text than a year is not followed."""
    return int(text) if text.isdecimal() and FIRST_YEAR <= int(text) <= LAST_YEAR else default
