"""The reports that a commune was sent, in its own pages."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from escale.apps.evaluation.actions import acknowledge_report
from escale.apps.evaluation.models import Report
from escale.apps.evaluation.queries import sent_to
from escale.core.calendar.periods import Period
from escale.web.forms import performed
from escale.web.journeys import Journey, Visitor, enter
from escale.web.reports.giving import Form, given
from escale.web.reports.showing import shown


@require_safe
@enter(Journey.COMMUNE)
def list_reports(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the reports that the commune was sent."""
    reports = sent_to(visitor.user, visitor.commune)
    return render(request, "reports/own_list.html", {"visitor": visitor, "commune": visitor.commune, "reports": reports})


@require_safe
@enter(Journey.COMMUNE)
def show_report(request: HttpRequest, visitor: Visitor, period: Period) -> HttpResponse:
    """Show one of them, in its last writing."""
    report = _own(visitor, period)
    seen = {"visitor": visitor, "commune": visitor.commune, "period": period}
    return render(request, "reports/own.html", {**seen, **shown(report.epci, report.contents, report)})


@require_safe
@enter(Journey.COMMUNE)
def take_report(request: HttpRequest, visitor: Visitor, period: Period, form: Form) -> HttpResponse:
    """Give one of them as a file."""
    report = _own(visitor, period)
    return given(report.epci, report.commune, report.contents, report, form)


@require_POST
@enter(Journey.COMMUNE)
def acknowledge(request: HttpRequest, visitor: Visitor, period: Period) -> HttpResponse:
    """Note that the commune read it."""
    report = _own(visitor, period)
    if performed(request, lambda: acknowledge_report(actor=visitor.user, report=report)):
        messages.success(request, "Merci : la coordination sait que le rapport est lu.")
    return redirect("commune:report", period)


def _own(visitor: Visitor, period: Period) -> Report:
    rows = Report.objects.visible_to(visitor.user).filter(commune=visitor.commune, period=str(period), sent_at__isnull=False)
    return get_object_or_404(rows.select_related("epci", "commune").order_by("-number")[:1])
