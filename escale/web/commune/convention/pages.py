"""The page of the convention for a mairie, and the papers that it downloads."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from escale.apps.conventions.models import Paper
from escale.apps.territory import clock
from escale.web.attachments import attached_file
from escale.web.commune.convention.reading import conventions_of, read_conventions
from escale.web.commune.queries import usual_day
from escale.web.journeys import Journey, Visitor, enter


@require_safe
@enter(Journey.COMMUNE)
def show_convention(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show where the convention of the commune stands, what is expected now, what it brings, its papers, what happened."""
    found = read_conventions(visitor)
    current = [one for one in found if one.is_current]
    seen = {
        "visitor": visitor,
        "commune": visitor.commune,
        "shown": current or found[:1],
        "former": found[len(current) or 1 :],
        "usual": usual_day(visitor, clock.today(visitor.epci)),
        "reads_papers": visitor.user.may("conventions.see", visitor.commune),
    }
    return render(request, "commune/convention/convention.html", seen)


@require_safe
@enter(Journey.COMMUNE)
def download_paper(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Give a paper as a file to keep."""
    del request
    visible = Paper.objects.visible_to(visitor.user).filter(convention__in=conventions_of(visitor))
    return attached_file(get_object_or_404(visible.with_files(), pk=pk).file)
