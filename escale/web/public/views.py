"""The pages of residents."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from escale.web.public.queries import find_services


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """List the communes where help comes, or those whose name is searched."""
    words = request.GET.get("q", "").strip()
    return render(request, "public/home.html", {"services": find_services(words), "words": words})
