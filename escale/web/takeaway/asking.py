"""What an address asks for: a year, and the planning of a commune in it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from escale.apps.documents.rendering import Layout
from escale.apps.territory import clock
from escale.apps.territory.models import Commune
from escale.core.calendar.months import Month
from escale.web.journeys import Visitor
from escale.web.takeaway.dates import published_dates
from escale.web.takeaway.planning import contacts_of, planning_of
from escale.web.takeaway.responses import pdf_response, planning_name


def commune_planning(visitor: Visitor, commune: Commune, year: int, *, names_mediator: bool) -> HttpResponse:
    """Return the published planning of a commune that the visitor may see."""
    dates = published_dates(visitor.epci, year, commune)
    found = dates.of(commune) if dates else None
    if dates is None or found is None:
        raise Http404(f"Aucune date n’est publiée {commune.place_name.at} pour {year}.")
    document = planning_of(dates, found, contacts_of(visitor.epci, names_mediator=names_mediator))
    return pdf_response(document, Layout.PLANNING, planning_name(dates, found))


def asked_year(request: HttpRequest, visitor: Visitor) -> int:
    """Return the year of an address, else this year; a text that is no year is not followed."""
    text = request.GET.get("annee", "")
    try:
        return Month.parse(f"{text}-01").year
    except ValueError:
        return clock.today(visitor.epci).year
