"""Bring in the conventions that were signed before: give the file, look at what was understood, confirm all of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from escale.apps.audit.actors import require
from escale.apps.conventions.actions.importing import import_conventions
from escale.apps.conventions.importing import file_to_fill, lines_of, preview_of
from escale.apps.conventions.imports.columns import OPTIONAL, Column, find_headings
from escale.apps.conventions.models import Convention
from escale.apps.documents.reading.files import read_tables
from escale.apps.documents.reading.tables import UnreadableFileError, table_from, table_to
from escale.apps.documents.spreadsheets import CSV_TYPE, XLSX_TYPE, csv_lines, xlsx_file
from escale.web.attachments import attached
from escale.web.forms import accepted
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.conventions.many.forms import ConfirmForm, FileForm

KEPT = "conventions_import"
"""The key of the session that holds the table between its upload and the import; no resident is named in it."""
NAME = "conventions-signees"


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def upload_conventions(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Take the file and read it; nothing is written."""
    require(visitor.user, "conventions.manage", visitor.epci)
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            table = find_headings(read_tables(upload.read(), upload.name, keeps_formulas=True))[0]
        except UnreadableFileError as error:
            form.add_error("file", str(error))
        else:
            request.session[KEPT] = {"table": table_to(table), "name": upload.name}
            return redirect("steering:import_conventions_preview")
    seen = {
        "visitor": visitor,
        "form": form,
        "waiting": KEPT in request.session,
        "needed": [column.value for column in Column if column not in OPTIONAL],
        "optional": [column.value for column in Column if column in OPTIONAL],
    }
    return render(request, "steering/conventions/many/upload.html", seen)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def preview_conventions(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show what the file would bring in, and bring it in when it is confirmed."""
    epci = visitor.epci
    require(visitor.user, "conventions.manage", epci)
    kept: dict[str, Any] | None = request.session.get(KEPT)
    if kept is None:
        messages.warning(request, "Le fichier n’est plus là : le donner de nouveau.")
        return redirect("steering:import_conventions")
    table, name = table_from(kept["table"]), kept["name"]
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    made: list[Convention] = []

    def bring_in() -> None:
        made.extend(import_conventions(actor=visitor.user, epci=epci, title=name, lines=lines_of(epci, table)))

    if accepted(form, bring_in) and made:
        del request.session[KEPT]
        many = "s" if len(made) > 1 else ""
        messages.success(request, f"{len(made)} convention{many} importée{many}. La tournée suit depuis le jour de leur effet.")
        return redirect("steering:conventions")
    seen = {"visitor": visitor, "form": form, "name": name, "preview": preview_of(visitor.user, epci, table)}
    return render(request, "steering/conventions/many/imported.html", seen)


@require_safe
@enter(Journey.STEERING)
def send_model(request: HttpRequest, visitor: Visitor, kind: str) -> HttpResponse:
    """Give the file to fill in, with the communes and what is known of them."""
    require(visitor.user, "conventions.manage", visitor.epci)
    columns, rows = file_to_fill(visitor.epci)
    match kind:
        case "csv":
            content = "".join(csv_lines(columns, rows)).encode()
            return attached(content, name=f"{NAME}.csv", media_type=CSV_TYPE)
        case "xlsx":
            return attached(xlsx_file("Conventions", columns, rows), name=f"{NAME}.xlsx", media_type=XLSX_TYPE)
    raise Http404
