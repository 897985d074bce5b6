"""The installation and one bare view beside it: what the same server does when there is nothing to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def hello(_request: HttpRequest) -> HttpResponse:
    """Answer at once."""
    return HttpResponse("bonjour", content_type="text/plain")


urlpatterns = [path("bonjour", hello), path("", include("escale.config.urls"))]
