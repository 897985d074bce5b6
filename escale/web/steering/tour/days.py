"""The month, the week and the day of the tour, published or as a draft has them."""

from __future__ import annotations

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from escale.apps.audit.actors import require
from escale.apps.schedule.models import Plan
from escale.apps.team.models import Post
from escale.apps.territory import clock
from escale.apps.territory.models import Commune
from escale.apps.visits.queries import VisitLine
from escale.core.calendar.french import month_words
from escale.core.calendar.halfdays import Weekday
from escale.core.calendar.months import Month
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.tour.circumstances import posts_of
from escale.web.steering.tour.drawing import Drawing, Place, draw_round
from escale.web.steering.tour.rounds import base_words, days_of, legs_of, lines_between, neighbours

ONE_WEEK = dt.timedelta(days=7)


@require_safe
@enter(Journey.STEERING)
def show_month(request: HttpRequest, visitor: Visitor, month: str) -> HttpResponse:
    """Show the days of a month, all mediators together."""
    asked, plan = _month(month), _draft(request, visitor)
    seen = {
        "visitor": visitor,
        "plan": plan,
        "month": asked,
        "title": month_words(asked),
        "days": days_of(visitor.user, visitor.epci, asked.first, asked.last, plan),
        "today": clock.today(visitor.epci),
    }
    return render(request, "steering/tour/month.html", seen)


@require_safe
@enter(Journey.STEERING)
def show_week(request: HttpRequest, visitor: Visitor, day: str) -> HttpResponse:
    """Show the week of a day, with hours and places: the sheet that is printed."""
    asked, plan = _day(day), _draft(request, visitor)
    monday = asked - dt.timedelta(days=asked.weekday())
    seen = {
        "visitor": visitor,
        "plan": plan,
        "first": monday + dt.timedelta(days=Weekday.TUE),
        "last": monday + dt.timedelta(days=Weekday.FRI),
        "month": Month.of(asked),
        "before": asked - ONE_WEEK,
        "after": asked + ONE_WEEK,
        "days": days_of(visitor.user, visitor.epci, monday, monday + dt.timedelta(days=Weekday.SUN), plan),
        "today": clock.today(visitor.epci),
    }
    return render(request, "steering/tour/week.html", seen)


@require_safe
@enter(Journey.STEERING)
def show_day(request: HttpRequest, visitor: Visitor, day: str, post: int) -> HttpResponse:
    """Show the day of a mediator: a line with stops, and a round on a map."""
    asked, plan = _day(day), _draft(request, visitor)
    seat = get_object_or_404(Post.objects.filter(epci=visitor.epci).select_related("base"), pk=post)
    stops = lines_between(visitor.user, visitor.epci, asked, asked, plan, post)
    before, after = neighbours(visitor.user, visitor.epci, asked, post, plan)
    legs = legs_of(visitor.epci, seat, stops)
    seen = {
        "visitor": visitor,
        "plan": plan,
        "day": asked,
        "month": Month.of(asked),
        "post": post,
        "name": posts_of(visitor.user, visitor.epci, {post}, asked, asked)[post],
        "base": base_words(seat),
        "way": list(zip(legs, stops, strict=False)),
        "back": legs[-1] if legs else None,
        "total": sum(leg.km for leg in legs if leg.km is not None) if all(leg.km is not None for leg in legs) else None,
        "drawing": _drawing(visitor, seat, stops, asked),
        "before": before,
        "after": after,
    }
    return render(request, "steering/tour/day.html", seen)


def _drawing(visitor: Visitor, seat: Post, stops: list[VisitLine], day: dt.date) -> Drawing | None:
    if not stops:
        return None
    start = seat.start
    base = Place(name=base_words(seat), position=start.position if isinstance(start, Commune) else start)
    members = Commune.objects.visible_to(visitor.user).members_of(visitor.epci, day, day)
    territory = [Place(name=str(commune), position=commune.position, outline=commune.outline) for commune in members]
    return draw_round(territory, base, [Place(name=str(stop.commune), position=stop.commune.position) for stop in stops])


def _draft(request: HttpRequest, visitor: Visitor) -> Plan | None:
    """Return the tour that « ?brouillon= » names, for those who prepare tours; None for what is published."""
    number = request.GET.get("brouillon", "")
    if not number:
        return None
    require(visitor.user, "schedule.draft", visitor.epci)
    if not number.isdecimal():
        raise Http404("Ce brouillon n’existe pas.")
    return get_object_or_404(Plan.objects.visible_to(visitor.user), epci=visitor.epci, number=int(number))


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError as error:
        raise Http404(str(error)) from error


def _day(text: str) -> dt.date:
    try:
        day = dt.date.fromisoformat(text)
        Month.of(day)
    except ValueError as error:
        raise Http404(f"« {text} » n’est pas une date.") from error
    return day
