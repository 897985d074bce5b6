"""The pages of one convention: where it stands, what its parties owe, its papers, its journal."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from escale.apps.audit.actors import require
from escale.apps.conventions.models import Convention
from escale.web.journeys import Journey, Visitor, enter


@require_safe
@enter(Journey.STEERING)
def show_convention(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Show where a convention stands and what comes next."""
    return _shown(request, visitor, pk)


@require_safe
@enter(Journey.STEERING)
def show_obligations(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Show what each party owes."""
    return _shown(request, visitor, pk, "obligations.see")


@require_safe
@enter(Journey.STEERING)
def show_papers(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Show the papers of a convention."""
    return _shown(request, visitor, pk, "conventions.see")


@require_safe
@enter(Journey.STEERING)
def show_journal(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Show the journal of a convention, and whether its chain holds."""
    return _shown(request, visitor, pk, "conventions.journal")


def _shown(request: HttpRequest, visitor: Visitor, pk: int, permission: str = "") -> HttpResponse:
    convention = get_object_or_404(Convention.objects.visible_to(visitor.user).filter(epci=visitor.epci), pk=pk)
    if permission:
        require(visitor.user, permission, convention)
    return render(request, "steering/conventions/page.html", {"visitor": visitor, "convention": convention})
