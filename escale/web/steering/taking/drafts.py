"""A draft, taken away by those who prepare tours; for everyone else it is not there."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from escale.apps.documents.rendering import Layout
from escale.apps.schedule.models import Plan
from escale.apps.territory.models import Commune
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.tour.queries import draft_tour
from escale.web.takeaway.dates import draft_dates, status_of
from escale.web.takeaway.planning import contacts_of, planning_of
from escale.web.takeaway.responses import annexes_response, csv_response, pdf_response, planning_name, xlsx_response
from escale.web.takeaway.sheet import COLUMNS, post_names, rows_of
from escale.web.takeaway.year import title_of, year_of


@require_safe
@enter(Journey.STEERING)
def plan_pdf(request: HttpRequest, visitor: Visitor, number: int) -> HttpResponse:
    """Give a draft on A3."""
    plan = _plan(visitor, number)
    document = year_of(
        visitor.epci,
        draft_tour(visitor.user, plan),
        title=title_of(plan.months),
        date=timezone.localdate(plan.created_at),
        status=status_of(plan),
    )
    return pdf_response(document, Layout.YEAR, _name(plan))


@require_safe
@enter(Journey.STEERING)
def plan_csv(request: HttpRequest, visitor: Visitor, number: int) -> HttpResponse:
    """Give a draft as a CSV."""
    plan = _plan(visitor, number)
    dates = draft_dates(plan)
    return csv_response(COLUMNS, rows_of(dates, post_names(visitor.user, dates)), _name(plan))


@require_safe
@enter(Journey.STEERING)
def plan_xlsx(request: HttpRequest, visitor: Visitor, number: int) -> HttpResponse:
    """Give a draft as a workbook."""
    plan = _plan(visitor, number)
    dates = draft_dates(plan)
    return xlsx_response(status_of(plan), COLUMNS, rows_of(dates, post_names(visitor.user, dates)), _name(plan))


@require_safe
@enter(Journey.STEERING)
def plan_annexes(request: HttpRequest, visitor: Visitor, number: int) -> HttpResponseBase:
    """Give the planning of every commune of a draft."""
    plan = _plan(visitor, number)
    contacts = contacts_of(visitor.epci, names_mediator=visitor.sees_team)
    return annexes_response(draft_dates(plan), contacts, f"plannings-{_name(plan)}")


@require_safe
@enter(Journey.STEERING)
def plan_commune_pdf(request: HttpRequest, visitor: Visitor, number: int, code: str) -> HttpResponse:
    """Give the planning of one commune of a draft."""
    plan = _plan(visitor, number)
    commune = get_object_or_404(Commune.objects.visible_to(visitor.user), code=code)
    dates = draft_dates(plan)
    found = dates.of(commune)
    if found is None:
        raise Http404(f"Cette tournée n’a pas de date {commune.place_name.at}.")
    document = planning_of(dates, found, contacts_of(visitor.epci, names_mediator=visitor.sees_team))
    return pdf_response(document, Layout.PLANNING, f"{planning_name(dates, found)}-{_name(plan)}")


def _plan(visitor: Visitor, number: int) -> Plan:
    return get_object_or_404(Plan.objects.visible_to(visitor.user).select_related("epci"), epci=visitor.epci, number=number)


def _name(plan: Plan) -> str:
    return f"{'brouillon' if plan.is_open else 'tournee'}-{plan.number}"
