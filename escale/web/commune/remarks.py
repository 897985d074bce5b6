"""The dates of a draft as the référent of a commune reads them, and what is said of them before the publication."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from escale.apps.audit.actors import require
from escale.apps.schedule.review import waiting_plan
from escale.apps.territory import clock
from escale.web.journeys import Journey, Visitor, enter
from escale.web.links.remarks import review_dates


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.COMMUNE)
def show_remarks(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the dates that wait for a word of the commune, as the page behind its link does."""
    commune = visitor.commune
    require(visitor.user, "schedule.remark", commune)
    plan = waiting_plan(commune, clock.today(visitor.epci))
    seen = {"visitor": visitor, "commune": commune}
    if plan is None:
        return render(request, "commune/no_remarks.html", seen)
    return review_dates(request, actor=visitor.user, plan=plan, commune=commune, template="commune/remarks.html", seen=seen)
