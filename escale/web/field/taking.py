"""What a mediator takes away: the visits in an agenda."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from escale.apps.messaging.feeds import Feed
from escale.apps.team.models import Mediator
from escale.web.feeds.pages import feed_page
from escale.web.journeys import Journey, Visitor, enter


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.FIELD)
def feed(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show a mediator the address of their own calendar, or change it."""
    mediator = Mediator.objects.filter(user=visitor.user, epci=visitor.epci).select_related("user", "epci").first()
    if mediator is None:
        return render(request, "field/feed.html", {"visitor": visitor, "mediator": None})
    return feed_page(request, visitor, Feed.of_mediator(mediator), "field/feed.html", {"mediator": mediator})
