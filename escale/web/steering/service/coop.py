"""The exchange with La Coop: take our records there as a file, and bring in those that mediators write there."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from escale.apps.activity.actions import drop_coop_import, give_coop_file, take_coop_import
from escale.apps.activity.coop.writing import COLUMNS, WIDTHS, above, exported, rows_of
from escale.apps.activity.labels import IMPORT_STATES
from escale.apps.activity.models import CoopImport, ImportState
from escale.apps.activity.models.rows import OfTeamQuerySet
from escale.apps.audit.actors import require
from escale.apps.documents.reading.tables import UnreadableFileError
from escale.apps.documents.spreadsheets import CSV_TYPE, XLSX_TYPE, csv_lines, xlsx_stream
from escale.apps.territory import clock
from escale.core.activity.coop import NEEDED, SHEET
from escale.core.calendar.french import period_words
from escale.web.attachments import attached
from escale.web.forms import accepted, performed
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.service.coop_forms import ExportForm, FileForm, TakeForm
from escale.web.steering.tour.drafts import who

MOST_IN_A_WORKBOOK = 10_000
"""More records take longer than anyone waits for a page; a CSV leaves line by line, and has no limit."""
SHOWN = 10
FEW = 12
"""How many lines are seen at once; the others unfold."""


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def show_coop(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show both ways of the exchange and the last imports; take a file, of which nothing is written yet."""
    require(visitor.user, "activity.exchange", visitor.epci)
    form = FileForm(request.POST or None, request.FILES or None, epci=visitor.epci)
    if form.is_valid():
        upload, mediator = form.cleaned_data["file"], form.cleaned_data["mediator"]
        try:
            row = give_coop_file(actor=visitor.user, mediator=mediator, name=upload.name, content=upload.read())
        except UnreadableFileError as error:
            form.add_error("file", str(error))
        else:
            return redirect("steering:coop_import", row.pk)
    return _page(request, visitor, form, ExportForm(epci=visitor.epci, today=clock.today(visitor.epci)))


@require_safe
@enter(Journey.STEERING)
def export_coop(request: HttpRequest, visitor: Visitor, kind: str) -> HttpResponseBase:
    """Give the records of a period as the sheet of La Coop."""
    epci, today = visitor.epci, clock.today(visitor.epci)
    require(visitor.user, "activity.exchange", epci)
    form = ExportForm(request.GET, epci=epci, today=today)
    if not form.is_valid():
        return _page(request, visitor, FileForm(epci=epci), form)
    first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    rows = exported(visitor.user, epci, first, last, form.cleaned_data["mediator"])
    name = f"activites-{first}-{last}.{kind}"
    if kind == "csv":
        lines = (line.encode() for line in csv_lines(COLUMNS, rows_of(rows)))
        said = content_disposition_header(as_attachment=True, filename=name) or "attachment"
        return StreamingHttpResponse(lines, content_type=CSV_TYPE, headers={"Content-Disposition": said})
    if kind != "xlsx":
        raise Http404
    total = rows.count()
    if total > MOST_IN_A_WORKBOOK:
        form.add_error("last", f"Cette période a {total} fiches : la raccourcir, ou prendre le CSV, qui n’a pas de limite.")
        return _page(request, visitor, FileForm(epci=epci), form)
    lines_above = above(epci, first, last, today, total)
    content = xlsx_stream(SHEET, COLUMNS, rows_of(rows), above=lines_above, widths=WIDTHS)
    return attached(content, name=name, media_type=XLSX_TYPE)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def show_import(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Show what a file would bring, and bring it in when it is confirmed; then what it brought."""
    row = _row(visitor, pk)
    form = TakeForm(request.POST if request.method == "POST" else None)

    def take() -> None:
        take_coop_import(actor=visitor.user, row=row, takes_doubles=form.cleaned_data["takes_doubles"])

    if accepted(form, take):
        return redirect("steering:coop_import", row.pk)
    report: dict[str, Any] = row.report
    seen = {
        "visitor": visitor,
        "row": row,
        "name": who([row.asked_by])[row.asked_by],
        "form": form,
        "report": report,
        "period": _period(report),
        "few": f":{FEW}",
        "few_on": f"{FEW}:",
        "many": FEW,
    }
    return render(request, "steering/service/coop_import.html", seen)


@require_safe
@enter(Journey.STEERING)
def send_report(_request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Give, line by line, what was not taken and why."""
    row = _row(visitor, pk)
    report: dict[str, Any] = row.report
    told = [(line["line"], line["column"], line["words"]) for line in report.get("faults", [])]
    told += [(line["line"], "", f"doublon probable : {line['words']}") for line in report.get("doubles", [])]
    told += [(one["line"], one["column"], f"« {one['value']} » est laissé de côté") for one in report.get("left", [])]
    content = "".join(csv_lines(("Ligne", "Colonne", "Pourquoi"), sorted(told))).encode()
    return attached(content, name=f"la-coop-{row.pk}-compte-rendu.csv", media_type=CSV_TYPE)


@require_POST
@enter(Journey.STEERING)
def leave_aside(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Leave an import aside, with what was kept of its file."""
    row = _row(visitor, pk)
    if performed(request, lambda: drop_coop_import(actor=visitor.user, row=row)):
        messages.success(request, f"« {row.name} » est laissé de côté : rien n’en est gardé.")
    return redirect("steering:coop")


def _page(request: HttpRequest, visitor: Visitor, form: FileForm, export: ExportForm) -> HttpResponse:
    rows = list(_imports(visitor)[:SHOWN])
    seen = {
        "visitor": visitor,
        "form": form,
        "export": export,
        "imports": [(row, IMPORT_STATES[ImportState(row.state)]) for row in rows],
        "needed": [heading.value for heading in NEEDED],
    }
    return render(request, "steering/service/coop.html", seen)


def _imports(visitor: Visitor) -> OfTeamQuerySet[CoopImport]:
    rows = CoopImport.objects.visible_to(visitor.user).filter(mediator__epci=visitor.epci)
    return rows.select_related("mediator__epci").defer("lines")


def _row(visitor: Visitor, pk: int) -> CoopImport:
    require(visitor.user, "activity.exchange", visitor.epci)
    return get_object_or_404(_imports(visitor), pk=pk)


def _period(report: dict[str, Any]) -> str:
    if not report.get("first"):
        return ""
    return period_words(dt.date.fromisoformat(report["first"]), dt.date.fromisoformat(report["last"]))
