"""What is published, taken away: the year on A3, the planning of each commune, a spreadsheet, an agenda."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from escale.apps.audit.actors import require
from escale.apps.documents.rendering import Layout
from escale.apps.messaging.feeds import Feed, may_manage
from escale.apps.schedule.models import Publication
from escale.apps.territory.models import Commune
from escale.web.feeds.pages import feed_page
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.tour.queries import published_year
from escale.web.takeaway.asking import asked_year, commune_planning
from escale.web.takeaway.dates import Dates, published_dates
from escale.web.takeaway.planning import contacts_of
from escale.web.takeaway.responses import annexes_response, csv_response, pdf_response, xlsx_response
from escale.web.takeaway.sheet import COLUMNS, post_names, rows_of
from escale.web.takeaway.year import title_of, year_of


@require_safe
@enter(Journey.STEERING)
def take_away(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show what can be taken away of a year."""
    months = Publication.objects.visible_to(visitor.user).filter(epci=visitor.epci).current().values_list("month", flat=True)
    seen = {
        "visitor": visitor,
        "year": asked_year(request, visitor),
        "years": sorted({int(month[:4]) for month in months}),
        "may_batch": visitor.user.may("documents.batch", visitor.epci),
        "may_feed": may_manage(visitor.user, Feed.of_territory(visitor.epci)),
    }
    return render(request, "steering/taking/take_away.html", seen)


@require_safe
@enter(Journey.STEERING)
def year_pdf(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Give the published year on A3."""
    year = asked_year(request, visitor)
    found = published_year(visitor.user, visitor.epci, year)
    if found.published_on is None:
        raise Http404(f"Rien n’est publié pour {year}.")
    document = year_of(visitor.epci, found.tour, title=title_of(found.tour.months), date=found.published_on)
    return pdf_response(document, Layout.YEAR, f"tournee-{year}")


@require_safe
@enter(Journey.STEERING)
def year_csv(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Give the published year as a CSV."""
    dates = _dates(request, visitor)
    return csv_response(COLUMNS, rows_of(dates, post_names(visitor.user, dates)), f"tournee-{slugify(dates.period)}")


@require_safe
@enter(Journey.STEERING)
def year_xlsx(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Give the published year as a workbook."""
    dates = _dates(request, visitor)
    rows = rows_of(dates, post_names(visitor.user, dates))
    return xlsx_response(f"Tournée {dates.period}", COLUMNS, rows, f"tournee-{slugify(dates.period)}")


@require_safe
@enter(Journey.STEERING)
def annexes_zip(request: HttpRequest, visitor: Visitor) -> HttpResponseBase:
    """Give the planning of every commune."""
    dates = _dates(request, visitor)
    contacts = contacts_of(visitor.epci, names_mediator=visitor.sees_team)
    return annexes_response(dates, contacts, f"plannings-{slugify(dates.period)}")


@require_safe
@enter(Journey.STEERING)
def commune_pdf(request: HttpRequest, visitor: Visitor, code: str) -> HttpResponse:
    """Give the planning of one commune."""
    commune = get_object_or_404(Commune.objects.visible_to(visitor.user), code=code)
    return commune_planning(visitor, commune, asked_year(request, visitor), names_mediator=visitor.sees_team)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def feed(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the address of the calendar of the whole territory, or change it."""
    require(visitor.user, "feeds.territory", visitor.epci)
    return feed_page(request, visitor, Feed.of_territory(visitor.epci), "steering/taking/feed.html", {})


def _dates(request: HttpRequest, visitor: Visitor) -> Dates:
    year = asked_year(request, visitor)
    dates = published_dates(visitor.epci, year)
    if dates is None:
        raise Http404(f"Rien n’est publié pour {year}.")
    return dates
