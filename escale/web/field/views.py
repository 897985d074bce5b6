"""The pages of a mediator."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from escale.web.field.mine import field_page
from escale.web.field.queries import coming_weeks, field_home
from escale.web.journeys import Visitor


@require_safe
@field_page
def home(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the day of the mediator as a line with its stops; without any today, the next day on the road.

    « jour » asks for the page that is to be read on another day: a telephone keeps that of tomorrow.
    """
    day = None
    with suppress(ValueError):
        day = dt.date.fromisoformat(request.GET.get("jour", ""))
    return render(request, "field/home.html", {"visitor": visitor, "shown": field_home(visitor, day)})


@require_safe
@field_page
def show_days(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the days that come, week by week."""
    return render(request, "field/days.html", {"visitor": visitor, "weeks": coming_weeks(visitor)})
