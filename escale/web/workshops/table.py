"""Who stands before the workshops, in which journey, and what they may do there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from escale.apps.territory.models import Commune, Epci
from escale.apps.workshops.models import Registration, Workshop, WorkshopQuerySet, led_by
from escale.apps.workshops.queries import WorkshopLine, workshop_lines
from escale.web.journeys import Journey, Visitor, enter

SEES, MANAGES = "workshops.see", "workshops.manage"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkTable:
    """Someone before the workshops that they may see: those announced to their commune, or those of the whole service."""

    visitor: Visitor
    journey: Journey

    @property
    def epci(self) -> Epci:
        """The EPCI of the role in whose name the pages are shown."""
        return self.visitor.epci

    @property
    def is_mairie(self) -> bool:
        """Whether a mairie looks."""
        return self.journey is Journey.COMMUNE

    @property
    def is_field(self) -> bool:
        """Whether a mediator looks, on a telephone."""
        return self.journey is Journey.FIELD

    @property
    def may_manage(self) -> bool:
        """Whether workshops may be prepared, changed and closed here."""
        return self.visitor.holds(MANAGES)

    @property
    def commune(self) -> Commune | None:
        """The commune of a mairie; None for the service."""
        return self.visitor.commune if self.is_mairie else None

    @property
    def base(self) -> str:
        """The template of the journey."""
        return f"{self._journey}/base.html"

    @property
    def workshops(self) -> WorkshopQuerySet:
        """The workshops that they may see."""
        rows = Workshop.objects.visible_to(self.visitor.user).filter(epci=self.epci)
        if self.commune is None:
            return rows
        return rows.filter(communes=self.commune)

    @property
    def mine(self) -> frozenset[int]:
        """The keys of the workshops that a mediator leads."""
        return frozenset(led_by(self.visitor.user).values_list("pk", flat=True))

    def line(self, uid: UUID) -> WorkshopLine:
        """Return a workshop; raise Http404 for one that is not seen from here."""
        found = workshop_lines(self.workshops.filter(uid=uid))
        if not found:
            raise Http404
        return found[0]

    def registration(self, uid: UUID, person: UUID) -> Registration:
        """Return someone of a workshop; raise Http404 for whom another mairie registered."""
        rows = Registration.objects.visible_to(self.visitor.user).filter(workshop__in=self.workshops.values("pk"))
        if self.commune is not None:
            rows = rows.filter(commune=self.commune)
        known = rows.select_related("workshop__epci", "workshop__premises", "workshop__room", "commune", "residence", "place")
        return get_object_or_404(known, workshop__uid=uid, uid=person)

    def names(self, workshop: Workshop) -> frozenset[int]:
        """Return the keys of the people of a workshop whose name may be shown."""
        rows = Registration.objects.filter(workshop=workshop).nameable_by(self.visitor.user)
        return frozenset(rows.values_list("pk", flat=True))

    def url(self, page: str, **parts: object) -> str:
        """Return the address of one of these pages."""
        return reverse(f"{self._journey}:{page}", kwargs=parts)

    @property
    def _journey(self) -> str:
        return self.journey.home.partition(":")[0]


View = Callable[Concatenate[HttpRequest, WorkTable, ...], HttpResponseBase]


def at_the_table(journey: Journey, view: View) -> Callable[..., HttpResponseBase]:
    """Return a page of the workshops for one journey; no browser keeps it, for it may name people."""

    @enter(journey)
    @wraps(view)
    def opened(request: HttpRequest, visitor: Visitor, **parts: object) -> HttpResponseBase:
        if journey is not Journey.COMMUNE and not visitor.holds(SEES):
            raise PermissionDenied("Les ateliers sont menés par la médiation, la coordination et les mairies.")
        response = view(request, WorkTable(visitor=visitor, journey=journey), **parts)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return opened


def shown(request: HttpRequest, table: WorkTable, name: str, **seen: object) -> HttpResponse:
    """Return a page of the workshops in the look of its journey."""
    context = {"table": table, "visitor": table.visitor, "commune": table.commune, "base": table.base, **seen}
    return render(request, f"workshops/{name}.html", context)
