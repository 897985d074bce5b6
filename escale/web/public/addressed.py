"""What is asked of one commune by its address: the view gets the commune and who serves it, or is not asked at all."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import resolve, reverse

from escale.apps.territory.models import Commune, Epci
from escale.web.public.queries import served_by

CommuneView = Callable[[HttpRequest, Commune, Epci], HttpResponseBase]


def of_commune(view: CommuneView) -> Callable[..., HttpResponseBase]:
    """Answer for a commune that is served today. Raise Http404 for another one.

    An INSEE code leads to its address, which may change with a name, and keeps what was asked of it.
    """

    @wraps(view)
    def answer(request: HttpRequest, slug: str) -> HttpResponseBase:
        known = Commune.objects.select_related("merged_into").exclude(slug=None)
        if coded := known.filter(code=slug.upper()).first():
            return redirect(address_asked(request, coded))
        commune = known.filter(slug=slug).first()
        epci = served_by(commune) if commune else None
        if commune is None or epci is None:
            raise Http404
        return view(request, commune, epci)

    return answer


def address_asked(request: HttpRequest, commune: Commune) -> str:
    """Return the same address, by the name of the commune."""
    asked, route = request.META.get("QUERY_STRING", ""), resolve(request.path_info).view_name
    return f"{reverse(route, args=[commune.slug])}{'?' if asked else ''}{asked}"
