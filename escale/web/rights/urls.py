"""The addresses of the pages of rights, the same in each journey that has them."""

from __future__ import annotations

from django.urls import URLPattern, path

from escale.web.journeys import Journey
from escale.web.rights import pages
from escale.web.rights.register import in_register


def rights_urls(journey: Journey) -> list[URLPattern]:
    """Return the addresses of the register and of one request."""
    where = "service/" if journey is Journey.STEERING else ""
    return [
        path(f"{where}droits/", in_register(journey, pages.show_register), name="rights"),
        path(f"{where}droits/<int:number>/", in_register(journey, pages.show_request), name="rights_request"),
    ]
