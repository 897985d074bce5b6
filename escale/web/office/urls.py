"""The addresses of the sheets of the office, the same in each journey that has them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from escale.web.journeys import Journey, enter
from escale.web.office import pages


def office_urls(journey: Journey) -> list[URLPattern]:
    """Return the addresses of these pages in a journey."""
    where = "service/" if journey is Journey.STEERING else ""
    return [
        path(f"{where}bureau/", _in(journey, pages.show_sheets), name="office"),
        path(f"{where}bureau/<uuid:uid>/presence/", _in(journey, pages.mark), name="office_mark"),
    ]


def _in(journey: Journey, view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    return enter(journey)(partial(view, journey=journey))
