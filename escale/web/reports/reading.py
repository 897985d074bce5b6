"""A report behind the address of its letter: read, kept, and acknowledged by a mairie, without an account."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from escale.apps.evaluation.actions import acknowledge_report
from escale.apps.evaluation.holders import ReportHolder, find_report
from escale.apps.evaluation.models import Report
from escale.apps.evaluation.queries import current_of
from escale.web.links.views import kept_private
from escale.web.reports.giving import Form, given
from escale.web.reports.showing import shown


@kept_private
@require_safe
def read(request: HttpRequest, key: str) -> HttpResponse:
    """Show the report."""
    report = find_report(key)
    if report is None:
        return render(request, "links/unknown.html", status=404)
    seen = {"epci": report.epci, "commune": report.commune, "current": current_of(report), "key": key}
    return render(request, "reports/read.html", {**seen, **shown(report.epci, report.contents, report)})


@kept_private
@require_safe
def take(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """Give the report as a file."""
    report = _found(key)
    return given(report.epci, report.commune, report.contents, report, Form(form))


@kept_private
@require_POST
def acknowledge(request: HttpRequest, key: str) -> HttpResponse:
    """Note that the mairie read it."""
    report = _found(key)
    acknowledge_report(actor=ReportHolder(report=report), report=report)
    return redirect("reports:read", key)


def _found(key: str) -> Report:
    report = find_report(key)
    if report is None:
        raise Http404
    return report
