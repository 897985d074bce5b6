"""Who says that a half-day goes wrong, in which journey, and what they may do about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from escale.apps.territory import clock
from escale.apps.visits.models import Visit, VisitQuerySet
from escale.core.visits.life import Side
from escale.web.journeys import Journey, Visitor, enter
from escale.web.stops import Stop, stops_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Someone in front of the half-days that may go wrong: those of their commune, or those of the whole service."""

    visitor: Visitor
    journey: Journey

    @property
    def side(self) -> Side:
        """The party in whose name they speak."""
        return Side.COMMUNE if self.journey is Journey.COMMUNE else Side.SERVICE

    @property
    def is_mairie(self) -> bool:
        """Whether the mairie itself speaks."""
        return self.side is Side.COMMUNE

    @property
    def may_make_up(self) -> bool:
        """Whether they plan themselves what makes up for a half-day."""
        return self.journey is Journey.STEERING and self.visitor.holds("visits.move")

    @property
    def base(self) -> str:
        """The template of the journey."""
        return f"{self._journey}/base.html"

    @property
    def visits(self) -> VisitQuerySet:
        """The half-days that they may act on."""
        rows = Visit.objects.visible_to(self.visitor.user).filter(epci=self.visitor.epci)
        return rows.filter(commune=self.visitor.commune) if self.is_mairie else rows

    @property
    def list_address(self) -> str:
        """The address of the list of half-days."""
        return self.url("trouble_list")

    def stop(self, pk: int) -> Stop:
        """Return a half-day with its place and who comes; raise Http404 for another's."""
        found = stops_of(self.visits.filter(pk=pk))
        if not found:
            raise Http404
        return found[0]

    def url(self, page: str, **parts: object) -> str:
        """Return the address of one of these pages."""
        return reverse(f"{self._journey}:{page}", kwargs=parts)

    @property
    def _journey(self) -> str:
        return self.journey.home.partition(":")[0]


View = Callable[Concatenate[HttpRequest, Situation, ...], HttpResponseBase]


def in_trouble(journey: Journey, view: View) -> Callable[..., HttpResponseBase]:
    """Return a page for one journey; no browser keeps it, for it may name people."""

    @enter(journey)
    @wraps(view)
    def opened(request: HttpRequest, visitor: Visitor, **parts: object) -> HttpResponseBase:
        if journey is Journey.STEERING and not visitor.holds("visits.cancel"):
            raise PermissionDenied("Ce qui arrive à un passage se dit par la mairie, la médiation ou la coordination.")
        response = view(request, Situation(visitor=visitor, journey=journey), **parts)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return opened


def shown(request: HttpRequest, situation: Situation, page: str, **seen: object) -> HttpResponse:
    """Return a page in the look of its journey."""
    context = {
        "situation": situation,
        "visitor": situation.visitor,
        "base": situation.base,
        "today": clock.today(situation.visitor.epci),
        **seen,
    }
    if situation.is_mairie:
        context["commune"] = situation.visitor.commune
    return render(request, f"trouble/{page}.html", context)
