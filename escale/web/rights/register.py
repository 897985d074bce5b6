"""In whose name the pages of rights are shown, and where they lead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from escale.apps.audit.actors import require
from escale.apps.booking.models import RightsRequest
from escale.apps.booking.models.rights import RightsRequestQuerySet
from escale.apps.booking.rights.residents import APPOINTMENTS, DEMANDES
from escale.apps.booking.rights.sources import Source
from escale.apps.territory.models import Commune
from escale.apps.workshops.rights import REGISTRATIONS
from escale.web.journeys import Journey, Visitor, enter

SOURCES: tuple[Source, ...] = (APPOINTMENTS, DEMANDES, REGISTRATIONS)
"""All that names residents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The requests that a visitor answers: those of the service, or those of one mairie."""

    visitor: Visitor
    journey: Journey

    @property
    def commune(self) -> Commune | None:
        """The commune whose mairie answers; None for the service."""
        return self.visitor.commune if self.journey is Journey.COMMUNE else None

    @property
    def rows(self) -> RightsRequestQuerySet:
        """What is in the register."""
        rows = RightsRequest.objects.visible_to(self.visitor.user).filter(epci=self.visitor.epci)
        rows = rows if self.commune is None else rows.filter(commune=self.commune)
        return rows.select_related("epci", "commune")

    @property
    def base(self) -> str:
        """The template of the journey."""
        return f"{self._journey}/base.html"

    @property
    def home(self) -> str:
        """The address of the register."""
        return reverse(f"{self._journey}:rights")

    def request(self, number: int) -> RightsRequest:
        """Return one request; 404 for that of somebody else."""
        return get_object_or_404(self.rows, number=number)

    def url(self, row: RightsRequest) -> str:
        """Return the address of a request: its number, and nothing about who asks."""
        return reverse(f"{self._journey}:rights_request", kwargs={"number": row.number})

    @property
    def _journey(self) -> str:
        return self.journey.home.partition(":")[0]


View = Callable[Concatenate[HttpRequest, Register, ...], HttpResponseBase]


def in_register(journey: Journey, view: View) -> Callable[..., HttpResponseBase]:
    """Return a page of the register for one journey: neither the browser nor anybody on the way keeps what names people."""

    @enter(journey)
    @wraps(view)
    def opened(request: HttpRequest, visitor: Visitor, **parts: object) -> HttpResponseBase:
        register = Register(visitor=visitor, journey=journey)
        require(visitor.user, "booking.rights", register.commune or visitor.epci)
        response = view(request, register, **parts)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return opened


def shown(request: HttpRequest, register: Register, page: str, **seen: object) -> HttpResponse:
    """Return a page of the register in the look of its journey."""
    context = {"register": register, "visitor": register.visitor, "commune": register.commune, "base": register.base, **seen}
    return render(request, f"rights/{page}.html", context)
