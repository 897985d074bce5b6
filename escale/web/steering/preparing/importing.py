"""Bring in the tour that exists in a spreadsheet: give the file, look at what was understood, make a draft of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from escale.apps.audit.actors import require
from escale.apps.documents.reading.files import read_tables
from escale.apps.documents.reading.tables import UnreadableFileError, table_from, table_to
from escale.apps.documents.spreadsheets import XLSX_TYPE, xlsx_file
from escale.apps.schedule.actions.importing import import_tour
from escale.apps.schedule.importing import Preview, find_table, preview_of
from escale.apps.schedule.imports.headers import Column
from escale.apps.schedule.imports.reading import Line
from escale.apps.schedule.models import Plan
from escale.apps.territory import clock
from escale.apps.territory.models import Commune
from escale.core.calendar.french import MONTH_WORDS, month_words
from escale.core.calendar.halfdays import HALF_WORDS
from escale.core.planning.agreed import usual_words
from escale.core.planning.problem import Annex
from escale.web.forms import accepted
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.preparing.forms import DraftForm, FileForm
from escale.web.steering.preparing.years import shown_year
from escale.web.templatetags.french import short_date

KEPT = "tour_import"
"""The key of the session that holds the table between its upload and the draft; no resident is named in it."""
FEW = 12
"""How many faults are seen at once; the others unfold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommuneVisits:
    """A commune of the preview: its usual day, who comes, and its dates."""

    name: str
    usual: str
    posts: str
    dates: str
    visits: int


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def upload_tour(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Take the file of a tour and read it; nothing is written."""
    require(visitor.user, "schedule.draft", visitor.epci)
    today = clock.today(visitor.epci)
    form = FileForm(request.POST or None, request.FILES or None, this_year=today.year)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            table = find_table(read_tables(upload.read(), upload.name))
        except UnreadableFileError as error:
            form.add_error("file", str(error))
        else:
            request.session[KEPT] = {"table": table_to(table), "year": form.cleaned_data["year"]}
            return redirect("steering:import_preview")
    seen = {"visitor": visitor, "form": form, "year": today.year + 1, "waiting": KEPT in request.session}
    return render(request, "steering/preparing/upload.html", seen)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def preview_tour(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show what was understood of the file, and make a draft of it when asked."""
    epci = visitor.epci
    require(visitor.user, "schedule.draft", epci)
    kept: dict[str, Any] | None = request.session.get(KEPT)
    if kept is None:
        messages.warning(request, "Le fichier n’est plus là : le donner de nouveau.")
        return redirect("steering:import_tour")
    table, year, today = table_from(kept["table"]), kept["year"], clock.today(epci)
    preview = preview_of(epci, table, year=year, today=today)
    # Every field may be left empty: an empty answer is one too.
    form = DraftForm(request.POST if request.method == "POST" else None, preview=preview)
    made: list[Plan] = []

    def make() -> None:
        made.append(import_tour(actor=visitor.user, epci=epci, table=table, year=year, today=today, **form.values))

    if accepted(form, make):
        del request.session[KEPT]
        messages.success(
            request, f"{made[0]} : {_counted(len(preview.lines), 'passage repris', 'passages repris')}, en brouillon."
        )
        return redirect("steering:plan", made[0].number)
    seen = {
        "visitor": visitor,
        "preview": preview,
        "sentences": _sentences(preview),
        "missing": [f"{name}, {month_words(month)}" for name, month in preview.missing],
        "communes": _by_commune(preview),
        "left_out": len({fault.line for fault in preview.faults}),
        "form": form,
        "few": f":{FEW}",
        "few_on": f"{FEW}:",
        "many": len(preview.faults) > FEW,
    }
    return render(request, "steering/preparing/preview.html", seen)


@require_safe
@enter(Journey.STEERING)
def send_model(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Give a workbook to fill in: a row for each commune, a column for each month."""
    require(visitor.user, "schedule.draft", visitor.epci)
    year = shown_year(request, visitor.epci)
    months = [f"{word} {year.year}" for word in MONTH_WORDS]
    columns = [Column.COMMUNE, Column.CODE, Column.USUAL, Column.MEDIATOR, *months]
    communes = Commune.objects.members_of(visitor.epci, year.first, year.last)
    rows = [[commune.place_name.full, commune.code, "", "", *[""] * len(months)] for commune in communes]
    content = xlsx_file(f"Tournée {year.year}", [str(column) for column in columns], rows)
    name = f"modele-tournee-{year.year}.xlsx"
    return HttpResponse(content, content_type=XLSX_TYPE, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _sentences(preview: Preview) -> list[str]:
    """Return what was understood, in a few sentences."""
    if not preview.lines:
        return []
    communes = len({line.commune.code for line in preview.lines})
    first, last = preview.months[0], preview.months[-1]
    period = f"en {month_words(first)}" if first == last else f"de {month_words(first)} à {month_words(last)}"
    visits = _counted(len(preview.lines), "passage peut être repris", "passages peuvent être repris")
    told = [f"{visits}, pour {_counted(communes, 'commune', 'communes')}, {period}."]
    if preview.missing:
        lacking = _counted(len(preview.missing), "passage dû n’est", "passages dus ne sont")
        told.append(f"{lacking} pas dans le fichier (art. 4).")
    return told


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {many if number > 1 else one}"


def _by_commune(preview: Preview) -> list[CommuneVisits]:
    """Return the visits that may stand, a row for each commune, in the order of the file."""
    found: dict[str, list[Line]] = {}
    for line in preview.lines:
        found.setdefault(line.commune.code, []).append(line)
    rows = []
    for code, lines in found.items():
        usual = preview.usual.get(code)
        rows.append(
            CommuneVisits(
                name=lines[0].commune.full,
                usual=usual_words(usual.nth, usual.window) if usual else "",
                posts=", ".join(sorted({line.post.label for line in lines})),
                dates=", ".join(_date(line, usual) for line in sorted(lines, key=lambda line: line.date)),
                visits=len(lines),
            )
        )
    return rows


def _date(line: Line, usual: Annex | None) -> str:
    """Return « 5 janv. » for a visit on its usual day, « jeu. 8 janv. matin » for another."""
    if usual and line.pattern == (usual.nth, usual.window):
        return short_date(line.date).partition("\u00a0")[2]
    return f"{short_date(line.date)} {HALF_WORDS[line.half]}"
