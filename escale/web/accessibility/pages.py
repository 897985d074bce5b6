"""The declaration of accessibility: what is known, since when, and whom to write to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from escale.apps.territory import catalogue, clock
from escale.apps.territory.models import Epci
from escale.apps.territory.queries import settings_of
from escale.web.accessibility.grid import Criterion, State, kept_grid, standing_on
from escale.web.public.caching import public_answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Answerable:
    """Who runs a service, where to write to it, and what it has published; a text is empty while nothing was typed."""

    name: str
    contact: str
    seat: str
    scheme: str
    plan: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The criteria of one theme."""

    name: str
    criteria: Sequence[Criterion]


@require_safe
@public_answer
def show_accessibility(request: HttpRequest) -> HttpResponse:
    """Tell the state of the pages, what is known to fail, what nobody has checked, and how to complain."""
    today, grid, epcis = clock.today(), kept_grid(), list(Epci.objects.prefetch_related("settings"))
    seen = {
        "epcis": epcis,
        "answerable": [_answerable(epci) for epci in epcis],
        "standing": standing_on(today),
        "failed": grid.in_state(State.FAILED, today),
        "unchecked": _by_theme(grid.in_state(State.UNCHECKED, today)),
        "met": grid.in_state(State.MET, today),
        "last_day": grid.last_day,
        "address": settings.ADDRESS,
    }
    return render(request, "public/accessibility.html", seen)


def _answerable(epci: Epci) -> Answerable:
    read = settings_of(epci)
    return Answerable(
        name=epci.name,
        contact=read(catalogue.ACCESSIBILITY_CONTACT),
        seat=read(catalogue.EPCI_SEAT),
        scheme=read(catalogue.ACCESSIBILITY_SCHEME),
        plan=read(catalogue.ACCESSIBILITY_PLAN),
    )


def _by_theme(criteria: Sequence[Criterion]) -> list[Theme]:
    return [Theme(name=name, criteria=list(some)) for name, some in groupby(criteria, key=lambda one: one.theme)]
