"""The papers of a commune that anyone may print: its poster and its pocket calendar."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from escale.apps.documents.rendering import PDF_TYPE
from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Epci
from escale.web.public.addressed import of_commune
from escale.web.public.caching import public_answer
from escale.web.takeaway.announcing import announcements
from escale.web.takeaway.posters import PaperForm, paper_name, paper_of


@require_safe
@public_answer
@of_commune
def commune_poster(request: HttpRequest, commune: Commune, epci: Epci) -> HttpResponse:
    """Give the poster of a commune, on A4 or with `?format=a3` on A3."""
    return _paper(commune, epci, PaperForm.A3 if request.GET.get("format", "").lower() == "a3" else PaperForm.A4)


@require_safe
@public_answer
@of_commune
def commune_pocket(_request: HttpRequest, commune: Commune, epci: Epci) -> HttpResponse:
    """Give the pocket calendars of a commune, four on a sheet."""
    return _paper(commune, epci, PaperForm.POCKET)


def _paper(commune: Commune, epci: Epci, form: PaperForm) -> HttpResponse:
    [told] = announcements(epci, [commune], clock.today(epci))
    shown = content_disposition_header(as_attachment=False, filename=paper_name(told, form)) or "inline"
    return HttpResponse(paper_of(told, form), content_type=PDF_TYPE, headers={"Content-Disposition": shown})
