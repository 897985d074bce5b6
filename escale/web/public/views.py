"""The pages of residents: find a commune, and read when help comes there."""

from __future__ import annotations

from http import HTTPStatus

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from escale.apps.territory.models import Commune, Epci
from escale.web.public.addressed import address_asked
from escale.web.public.caching import public_answer
from escale.web.public.drawing import map_of_commune, map_of_services
from escale.web.public.finding import LONGEST_SEARCH, find_services, nearest_communes, searched
from escale.web.public.queries import commune_page, served_by, year_page


@require_safe
@public_answer
def home(request: HttpRequest) -> HttpResponse:
    """List the communes where help comes, each with its next date, or those whose name is searched."""
    words = " ".join(request.GET.get("q", "").split())
    services = find_services(words, request.GET.get("epci", ""))
    found = sum(len(service.lines) for service in services)
    seen = {
        "services": services,
        "words": words[:LONGEST_SEARCH],
        "is_long": len(words) > LONGEST_SEARCH,
        "found": found,
        "several": len(services) > 1,
        "nearest": nearest_communes(words) if words and not found else [],
        "map": None if words else map_of_services(services),
    }
    return render(request, "public/home.html", seen)


@require_safe
@public_answer
def show_commune(request: HttpRequest, slug: str) -> HttpResponse:
    """Say when and where help comes to a commune, and where it comes earlier nearby."""
    found = _find(request, slug)
    if isinstance(found, HttpResponse):
        return found
    shown = commune_page(*found)
    return render(request, "public/commune.html", {"shown": shown, "map": map_of_commune(shown)})


@require_safe
@public_answer
def show_year(request: HttpRequest, slug: str) -> HttpResponse:
    """List all the dates of a commune, on a page that prints well."""
    found = _find(request, slug)
    if isinstance(found, HttpResponse):
        return found
    return render(request, "public/year.html", {"shown": year_page(*found)})


def _find(request: HttpRequest, slug: str) -> tuple[Commune, Epci] | HttpResponse:
    """Return a commune and who serves it; else the page that leads there, or that says which names are near."""
    known = Commune.objects.select_related("merged_into")
    if commune := known.filter(slug=slug).first():
        epci = served_by(commune)
        return (commune, epci) if epci else _lost(request, slug, commune=commune)
    if coded := known.filter(code=slug.upper()).exclude(slug=None).first():
        return redirect(address_asked(request, coded))
    words = searched(slug)
    if twins := _served(known.filter(search=words)):
        return render(request, "public/unknown.html", {"twins": twins, "words": words})
    return _lost(request, slug)


def _served(communes: QuerySet[Commune]) -> list[Commune]:
    return [commune for commune in communes if served_by(commune)]


def _lost(request: HttpRequest, slug: str, *, commune: Commune | None = None) -> HttpResponse:
    words = slug.replace("-", " ")[:LONGEST_SEARCH]
    seen = {"commune": commune, "words": words, "twins": [], "nearest": nearest_communes(slug)}
    return render(request, "public/unknown.html", seen, status=HTTPStatus.NOT_FOUND)
