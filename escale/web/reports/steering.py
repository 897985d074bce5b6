"""The reports as the coordination leads them: a quarter or a year over all communes, then one report and what is done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from escale.apps.audit.actors import Actor, require
from escale.apps.evaluation.actions import (
    count_again,
    hold_report,
    prepare_reports,
    rectify_report,
    release_report,
    send_again,
    send_report,
)
from escale.apps.evaluation.figures import Figures
from escale.apps.evaluation.gathering import gather
from escale.apps.evaluation.models import PREPARED_AFTER, SENT_AFTER, Report
from escale.apps.evaluation.queries import communes_owed, has_drifted, missing_in, report_lines, writings_of, years_of
from escale.apps.evaluation.wording import plural
from escale.apps.territory import clock
from escale.apps.territory.models import Commune
from escale.core.calendar.periods import Period
from escale.web.forms import accepted, performed
from escale.web.journeys import Journey, Visitor, enter
from escale.web.reports.forms import HoldForm, RectifyForm
from escale.web.reports.giving import Form, given
from escale.web.reports.showing import shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A quarter or the year that one may look at."""

    period: Period
    words: str
    is_chosen: bool


@require_safe
@enter(Journey.STEERING)
def list_reports(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show where the reports of a period are, commune by commune."""
    require(visitor.user, "reports.see", visitor.epci)
    today = clock.today(visitor.epci)
    years = years_of(visitor.epci, today)
    period = _asked_period(request, years) or Period.quarter_of(today).previous
    lines = report_lines(visitor.user, visitor.epci, period, today)
    reports = [line.report for line in lines if line.report]
    seen = {
        "visitor": visitor,
        "period": period,
        "choices": _choices(period),
        "years": years,
        "lines": lines,
        "today": today,
        "is_over": today > period.last,
        "prepared_on": period.last + PREPARED_AFTER,
        "sent_on": period.last + SENT_AFTER,
        "sent_words": plural(sum(report.sent_at is not None for report in reports), "rapport envoyé", "rapports envoyés"),
        "read": sum(report.acknowledged_at is not None for report in reports),
        "prepared": len(reports),
        "may_manage": visitor.holds("reports.manage"),
    }
    return render(request, "reports/list.html", seen)


@require_POST
@enter(Journey.STEERING)
def prepare(request: HttpRequest, visitor: Visitor, period: Period) -> HttpResponse:
    """Freeze now the figures of every commune that has none for a period."""
    made: list[Report] = []
    if performed(request, lambda: made.extend(prepare_reports(actor=visitor.user, epci=visitor.epci, period=period))):
        told = f"{plural(len(made), 'rapport préparé', 'rapports préparés')}."
        messages.success(request, told if made else "Tout est déjà prêt.")
    return redirect(f"{reverse('steering:reports')}?periode={period}")


@require_safe
@enter(Journey.STEERING)
def show_report(request: HttpRequest, visitor: Visitor, period: Period, code: str) -> HttpResponse:
    """Show the report of a commune, or its figures so far, and what can be done with it."""
    commune = _commune(visitor, code, period)
    report = _report(visitor, commune, period)
    return _page(request, visitor, commune, period, report)


@require_safe
@enter(Journey.STEERING)
def take_report(request: HttpRequest, visitor: Visitor, period: Period, code: str, form: Form) -> HttpResponse:
    """Give the report of a commune as a file; provisional until it is prepared."""
    commune = _commune(visitor, code, period)
    report = _report(visitor, commune, period)
    return given(visitor.epci, commune, _figures(visitor, commune, period, report), report, form)


DEEDS: dict[str, tuple[Callable[[Actor, Report], object], str]] = {
    "envoyer": (lambda actor, report: send_report(actor=actor, report=report), "Le rapport est envoyé à la commune."),
    "renvoyer": (lambda actor, report: send_again(actor=actor, report=report), "Le rapport est envoyé de nouveau."),
    "reprendre": (lambda actor, report: release_report(actor=actor, report=report), "Le rapport partira de lui-même."),
    "recompter": (lambda actor, report: count_again(actor=actor, report=report), "Les chiffres sont recomptés."),
}
"""What one button does to a report, and what the next page says."""


@require_POST
@enter(Journey.STEERING)
def act_on_report(request: HttpRequest, visitor: Visitor, period: Period, code: str, deed: str) -> HttpResponse:
    """Do to a report what one button says."""
    if deed not in DEEDS:
        raise Http404
    commune = _commune(visitor, code, period)
    report = _known(visitor, commune, period)
    act, told = DEEDS[deed]
    if performed(request, lambda: act(visitor.user, report)):
        messages.success(request, told)
    return redirect("steering:report", period, code)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def hold(request: HttpRequest, visitor: Visitor, period: Period, code: str) -> HttpResponse:
    """Keep a report from leaving by itself."""
    commune = _commune(visitor, code, period)
    report = _known(visitor, commune, period)
    form = HoldForm(request.POST or None)
    if accepted(form, lambda: hold_report(actor=visitor.user, report=report, because=form.cleaned_data["because"])):
        messages.success(request, "Le rapport attend : il ne part plus de lui-même.")
        return redirect("steering:report", period, code)
    seen = {"visitor": visitor, "commune": commune, "period": period, "form": form, "title": "Retenir le rapport"}
    return render(request, "reports/reason.html", {**seen, "verb": "Retenir"})


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def rectify(request: HttpRequest, visitor: Visitor, period: Period, code: str) -> HttpResponse:
    """Prepare a rectification of a report that was sent."""
    commune = _commune(visitor, code, period)
    report = _known(visitor, commune, period)
    form = RectifyForm(request.POST or None)
    if accepted(form, lambda: rectify_report(actor=visitor.user, report=report, because=form.cleaned_data["because"])):
        messages.success(request, "La rectification est prête ; la relire, puis l’envoyer.")
        return redirect("steering:report", period, code)
    seen = {"visitor": visitor, "commune": commune, "period": period, "form": form, "title": "Rectifier le rapport"}
    return render(request, "reports/reason.html", {**seen, "verb": "Préparer la rectification"})


def _page(request: HttpRequest, visitor: Visitor, commune: Commune, period: Period, report: Report | None) -> HttpResponse:
    today = clock.today(visitor.epci)
    figures = _figures(visitor, commune, period, report)
    missing = missing_in(visitor.epci, period, today).get(commune.pk)
    seen = {
        "visitor": visitor,
        "commune": commune,
        "period": period,
        "missing": missing.words if missing else "",
        "is_intact": report is None or report.is_intact,
        "drifted": report is not None and has_drifted(report, today),
        "writings": writings_of(report) if report else [],
        "prepared_on": period.last + PREPARED_AFTER,
        "may_manage": visitor.holds("reports.manage"),
    }
    return render(request, "reports/report.html", {**seen, **shown(visitor.epci, figures, report)})


def _figures(visitor: Visitor, commune: Commune, period: Period, report: Report | None) -> Figures:
    if report is not None:
        return report.contents
    [found] = gather(visitor.epci, [commune], period, clock.today(visitor.epci)).values()
    return found.figures


def _commune(visitor: Visitor, code: str, period: Period) -> Commune:
    """Return a commune of the EPCI that is owed a report of a period, or was given one."""
    require(visitor.user, "reports.see", visitor.epci)
    commune = get_object_or_404(Commune.objects.visible_to(visitor.user).defer("outline"), code=code)
    if period.first > clock.today(visitor.epci):
        raise Http404(f"{period.words} n’a pas commencé.")
    if commune not in communes_owed(visitor.epci, period) and _report(visitor, commune, period) is None:
        raise Http404(f"Aucune convention ne lie la commune {commune.place_name.de} dans cette période.")
    return commune


def _report(visitor: Visitor, commune: Commune, period: Period) -> Report | None:
    rows = Report.objects.visible_to(visitor.user).filter(epci=visitor.epci, commune=commune, period=str(period))
    return rows.select_related("epci", "commune").order_by("number").last()


def _known(visitor: Visitor, commune: Commune, period: Period) -> Report:
    report = _report(visitor, commune, period)
    if report is None:
        raise Http404("Ce rapport n’est pas encore préparé.")
    require(visitor.user, "reports.manage", report)
    return report


def _asked_period(request: HttpRequest, years: Sequence[int]) -> Period | None:
    try:
        asked = Period.parse(request.GET.get("periode", ""))
    except ValueError:
        return None
    return asked if asked.year in years else None


def _choices(chosen: Period) -> list[Choice]:
    periods = [*(Period(chosen.year, quarter) for quarter in (1, 2, 3, 4)), Period(chosen.year)]
    words = ("1er trimestre", "2e trimestre", "3e trimestre", "4e trimestre", f"Année {chosen.year}")
    return [Choice(period=one, words=said, is_chosen=one == chosen) for one, said in zip(periods, words, strict=True)]
