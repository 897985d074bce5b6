"""Where someone takes appointments: at their own mairie, or for one of those to which their journey leads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from escale.apps.booking.reach import held_by
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.models import Visit, VisitQuerySet
from escale.web.journeys import Journey, Visitor, enter


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """Who takes appointments, for which commune, in which journey."""

    visitor: Visitor
    commune: Commune
    journey: Journey

    @property
    def epci(self) -> Epci:
        """The EPCI of the role in whose name the pages are shown."""
        return self.visitor.epci

    @property
    def is_mairie(self) -> bool:
        """Whether the mairie itself looks, and nobody on its behalf."""
        return self.journey is Journey.COMMUNE

    @property
    def reads_names(self) -> bool:
        """Whether the pages may name people: the coordination has them said for one visit, for a reason."""
        return self.journey is not Journey.STEERING

    @property
    def may_share(self) -> bool:
        """Whether the free slots may be opened to the neighbours here."""
        return self.visitor.user.may("booking.share", self.commune)

    @property
    def base(self) -> str:
        """The template of the journey."""
        return f"{self._journey}/base.html"

    @property
    def visits(self) -> VisitQuerySet:
        """The visits of the commune; for a mediator, those that are theirs to hold."""
        rows = Visit.objects.visible_to(self.visitor.user).filter(epci=self.epci, commune=self.commune)
        return rows.filter(_held(self.visitor)) if self.journey is Journey.FIELD else rows

    def url(self, page: str, **parts: object) -> str:
        """Return the address of one of the pages of the desk."""
        where = {} if self.is_mairie else {"code": self.commune.code}
        return reverse(f"{self._journey}:desk_{page}", kwargs={**where, **parts})

    @property
    def _journey(self) -> str:
        return self.journey.home.partition(":")[0]


View = Callable[Concatenate[HttpRequest, Counter, ...], HttpResponseBase]


def at_the_desk(journey: Journey, view: View) -> Callable[..., HttpResponseBase]:
    """Return a page of the desk for one journey: nobody on the way, nor the browser, keeps what names people."""

    @enter(journey)
    @wraps(view)
    def opened(request: HttpRequest, visitor: Visitor, **parts: object) -> HttpResponseBase:
        commune = visitor.commune if journey is Journey.COMMUNE else _commune(visitor, journey, str(parts.pop("code")))
        response = view(request, Counter(visitor=visitor, commune=commune, journey=journey), **parts)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return opened


def shown(request: HttpRequest, counter: Counter, page: str, **seen: object) -> HttpResponse:
    """Return a page of the desk in the look of its journey."""
    context = {"counter": counter, "visitor": counter.visitor, "commune": counter.commune, "base": counter.base, **seen}
    return render(request, f"desk/{page}.html", context)


def _commune(visitor: Visitor, journey: Journey, code: str) -> Commune:
    if journey is Journey.STEERING:
        if not visitor.holds("booking.book"):
            raise PermissionDenied("Les rendez-vous sont pris par la mairie, la médiation ou la coordination.")
        return get_object_or_404(Commune.objects.filter(memberships__epci=visitor.epci).distinct(), code=code)
    mine = Visit.objects.filter(_held(visitor), epci=visitor.epci)
    return get_object_or_404(Commune, code=code, pk__in=mine.values("commune"))


def _held(visitor: Visitor) -> Q:
    return held_by(visitor.user, post="post", date="date")
