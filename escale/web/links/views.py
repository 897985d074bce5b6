"""What opens behind a personal link: the sheet of a mairie, or its dates; a link that is not one says what to do."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from escale.apps.schedule.links import find_link
from escale.apps.schedule.models import LinkPurpose
from escale.web.links.inquiry import fill_sheet
from escale.web.links.remarks import review_by_link

P = ParamSpec("P")


def kept_private(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Let no cache keep a page, no search engine list it, and no other site learn its address."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(*args, **kwargs)
        response["Cache-Control"] = "no-store"
        # Not « no-referrer »: a browser would then send its form without saying where from, and it would be refused.
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex"
        return response

    return guarded


@kept_private
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """Show what the link is for."""
    link = find_link(key)
    if link is None:
        return render(request, "links/unknown.html", status=404)
    if link.purpose == LinkPurpose.INQUIRY:
        return fill_sheet(request, link)
    return review_by_link(request, link)
