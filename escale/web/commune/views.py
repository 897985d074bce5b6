"""The pages of a town hall."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from escale.apps.schedule.review import waiting_plan
from escale.apps.territory import clock
from escale.apps.territory.models import Premises, Referent
from escale.apps.visits.models import Point
from escale.core.visits.life import Side
from escale.web.commune.convention.reading import awaited_count
from escale.web.commune.queries import commune_dates, commune_home
from escale.web.desk.counter import Counter
from escale.web.desk.reading import desk_visits, first_free
from escale.web.journeys import Journey, Visitor, enter


@require_safe
@enter(Journey.COMMUNE)
def home(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the next visit, what it asks of the commune, where people are received and who is in charge."""
    commune, today = visitor.commune, clock.today(visitor.epci)
    premises = Premises.objects.visible_to(visitor.user).filter(commune=commune).open_on(today)
    referents = Referent.objects.visible_to(visitor.user).filter(commune=commune).in_charge_on(today)
    shown = commune_home(visitor)
    counter = Counter(visitor=visitor, commune=commune, journey=Journey.COMMUNE)
    next_visit = counter.visits.filter(pk=shown.next.stop.visit.pk) if shown.next else counter.visits.none()
    desk = next(iter(desk_visits(visitor.user, next_visit)), None)
    seen = {
        "visitor": visitor,
        "commune": commune,
        "today": today,
        "shown": shown,
        "counter": counter,
        "desk": desk,
        "next_free": first_free(counter) if desk and desk.is_full else None,
        "premises": premises,
        "referents": referents,
        "awaited": awaited_count(visitor),
        "points": Point.objects.visible_to(visitor.user).filter(visit__commune=commune).to_be_answered_by(Side.COMMUNE).count(),
        "proposed": waiting_plan(commune, today) if visitor.user.may("schedule.remark", commune) else None,
    }
    response = render(request, "commune/home.html", seen)
    # It names those who come.
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
@enter(Journey.COMMUNE)
def show_dates(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show every date of a year, those that were moved said."""
    asked = request.GET.get("annee", "")
    year = int(asked) if asked.isdecimal() and 2000 <= int(asked) < 2100 else None
    shown = commune_dates(visitor, year)
    return render(request, "commune/dates.html", {"visitor": visitor, "commune": visitor.commune, "shown": shown})
