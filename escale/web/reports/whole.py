"""The report of the whole territory in the steering: read, taken away, and frozen once every commune was sent its own."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from escale.apps.audit.actors import require
from escale.apps.evaluation.actions import freeze_territory
from escale.apps.evaluation.figures import Figures
from escale.apps.evaluation.models import TerritoryReport
from escale.apps.evaluation.queries import communes_owed
from escale.apps.evaluation.territory import figures_so_far, reports_of
from escale.apps.territory import clock
from escale.apps.territory.models import Epci
from escale.core.calendar.periods import Period
from escale.web.forms import performed
from escale.web.journeys import Journey, Visitor, enter
from escale.web.reports.giving import Form, given_of_territory
from escale.web.reports.showing import shown


@require_safe
@enter(Journey.STEERING)
def show_territory(request: HttpRequest, visitor: Visitor, period: Period) -> HttpResponse:
    """Show the report of the territory, or its figures so far, and how many communes still wait for theirs."""
    report, figures = _found(visitor, period)
    reports = reports_of(visitor.epci, period)
    sent = sum(row.sent_at is not None for row in reports.values())
    seen = {
        "visitor": visitor,
        "period": period,
        "is_intact": report is None or report.is_intact,
        "sent": sent,
        "waiting": len(figures.communes) - sent,
        "may_freeze": report is None and visitor.holds("reports.manage") and sent >= len(figures.communes),
    }
    return render(request, "reports/territory.html", {**seen, **shown(visitor.epci, figures, report)})


@require_safe
@enter(Journey.STEERING)
def take_territory(request: HttpRequest, visitor: Visitor, period: Period, form: Form) -> HttpResponse:
    """Give the report of the territory as a file; provisional until it is frozen."""
    report, figures = _found(visitor, period)
    return given_of_territory(visitor.epci, figures, report, form)


@require_POST
@enter(Journey.STEERING)
def freeze(request: HttpRequest, visitor: Visitor, period: Period) -> HttpResponse:
    """Freeze the report of the territory now."""
    if performed(request, lambda: freeze_territory(actor=visitor.user, epci=visitor.epci, period=period)):
        messages.success(request, "Le rapport du territoire est arrêté : ses chiffres ne changeront plus.")
    return redirect("steering:territory_report", period)


def territory_of(epci: Epci, period: Period) -> tuple[TerritoryReport | None, Figures]:
    """Return the frozen report of a territory with its figures, or its figures so far."""
    report = TerritoryReport.objects.filter(epci=epci, period=str(period)).first()
    return report, report.contents if report else figures_so_far(epci, period, clock.today(epci))


def _found(visitor: Visitor, period: Period) -> tuple[TerritoryReport | None, Figures]:
    require(visitor.user, "reports.see", visitor.epci)
    if period.first > clock.today(visitor.epci) or not communes_owed(visitor.epci, period):
        raise Http404(f"Aucune convention ne lie une commune : {period.words}.")
    return territory_of(visitor.epci, period)
