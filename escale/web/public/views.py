"""The pages of residents."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from escale.apps.territory import clock
from escale.apps.territory.models import Commune
from escale.apps.territory.queries import epci_of
from escale.web.public.queries import commune_page, find_services


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """List the communes where help comes, each with its next date, or those whose name is searched."""
    words = request.GET.get("q", "").strip()
    return render(request, "public/home.html", {"services": find_services(words), "words": words})


@require_safe
def show_commune(request: HttpRequest, slug: str) -> HttpResponse:
    """Say when and where help comes to a commune, and where it comes earlier nearby."""
    if known := Commune.objects.filter(code=slug.upper()).first():
        return redirect("public:commune", known.slug)
    commune = get_object_or_404(Commune.objects.select_related("merged_into"), slug=slug)
    # Help still comes to a former commune, in the name of the commune nouvelle.
    epci = epci_of((commune, *commune.became)[-1], clock.today())
    if epci is None:
        raise Http404
    return render(request, "public/commune.html", {"shown": commune_page(commune, epci)})
