"""What a town hall takes away: its planning on paper, its dates in an agenda."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from escale.apps.messaging.feeds import Feed
from escale.web.feeds.pages import feed_page
from escale.web.journeys import Journey, Visitor, enter
from escale.web.takeaway.asking import asked_year, commune_planning


@require_safe
@enter(Journey.COMMUNE)
def planning_pdf(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Give the planning of the commune of the visitor."""
    return commune_planning(visitor, visitor.commune, asked_year(request, visitor), names_mediator=True)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.COMMUNE)
def feed(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the address of the commune's calendar; the référent may change it."""
    commune = visitor.commune
    return feed_page(request, visitor, Feed.of_commune(visitor.epci, commune), "commune/feed.html", {"commune": commune})
