"""The pages of a town hall."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from escale.apps.territory import clock
from escale.apps.territory.models import Premises, Referent
from escale.web.journeys import Journey, Visitor, enter


@require_safe
@enter(Journey.COMMUNE)
def home(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show what is known of the next visit, where people are received, and who is in charge."""
    commune, today = visitor.commune, clock.today(visitor.epci)
    premises = Premises.objects.visible_to(visitor.user).filter(commune=commune).open_on(today)
    referents = Referent.objects.visible_to(visitor.user).filter(commune=commune).in_charge_on(today)
    seen = {"visitor": visitor, "commune": commune, "premises": premises, "referents": referents}
    return render(request, "commune/home.html", seen)
