"""The papers of a commune that anyone may print: its poster and its pocket calendar."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from escale.apps.documents.rendering import PDF_TYPE
from escale.apps.territory import clock
from escale.apps.territory.models import Commune
from escale.apps.territory.queries import epci_of
from escale.web.public.caching import public_answer
from escale.web.takeaway.announcing import announcements
from escale.web.takeaway.posters import PaperForm, paper_name, paper_of


@require_safe
@public_answer
def commune_poster(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the poster of a commune, on A4 or with `?format=a3` on A3."""
    return _paper(slug, PaperForm.A3 if request.GET.get("format", "").lower() == "a3" else PaperForm.A4)


@require_safe
@public_answer
def commune_pocket(_request: HttpRequest, slug: str) -> HttpResponse:
    """Give the pocket calendars of a commune, four on a sheet."""
    return _paper(slug, PaperForm.POCKET)


def _paper(slug: str, form: PaperForm) -> HttpResponse:
    commune = get_object_or_404(Commune.objects.select_related("merged_into"), slug=slug)
    # Help still comes to a former commune, in the name of the commune nouvelle.
    epci = epci_of((commune, *commune.became)[-1], clock.today())
    if epci is None:
        raise Http404
    [told] = announcements(epci, [commune], clock.today(epci))
    shown = content_disposition_header(as_attachment=False, filename=paper_name(told, form)) or "inline"
    return HttpResponse(paper_of(told, form), content_type=PDF_TYPE, headers={"Content-Disposition": shown})
