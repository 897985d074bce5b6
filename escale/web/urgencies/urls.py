"""The addresses of urgencies in each journey; their names begin with « urgenc »."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from escale.web.journeys import Journey, enter
from escale.web.urgencies import asking, handling

PAGES: tuple[tuple[str, Callable[..., HttpResponseBase], str], ...] = (
    ("urgences/", handling.list_urgencies, "urgencies"),
    ("urgences/<int:pk>/", handling.show_urgency, "urgency"),
    ("urgences/<int:pk>/<slug:deed>/", handling.do_step, "urgency_step"),
)
OF_MAIRIES = [
    path("urgence/", asking.ask, name="urgencies"),
    path("urgence/<int:pk>/retirer/", asking.withdraw, name="withdraw_urgency"),
]


def urgency_urls(journey: Journey) -> list[URLPattern]:
    """Return the addresses of these pages in a journey."""
    if journey is Journey.COMMUNE:
        return OF_MAIRIES
    where = "service/" if journey is Journey.STEERING else ""
    return [path(f"{where}{route}", _in(journey, view), name=name) for route, view, name in PAGES]


def _in(journey: Journey, view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    return enter(journey)(partial(view, journey=journey))
