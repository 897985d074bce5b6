"""The figures of a year, as a page and as a file: exact ones, for the coordination alone."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from escale.apps.audit.actors import require
from escale.apps.documents.spreadsheets import CSV_TYPE, csv_lines
from escale.apps.territory import clock
from escale.web.attachments import attached
from escale.web.journeys import Journey, Visitor, enter
from escale.web.pictures.picture import Hidden, Picture
from escale.web.steering.figures.reading import figures_of_year
from escale.web.steering.preparing.years import shown_year

COLUMNS = ("Tableau", "Ligne", "Colonne", "Valeur")


@require_safe
@enter(Journey.STEERING)
def show_figures(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show what was done in a year, in the whole territory."""
    require(visitor.user, "activity.see", visitor.epci)
    today, year = clock.today(visitor.epci), shown_year(request, visitor.epci, ahead=0)
    seen = {
        "visitor": visitor,
        "year": year,
        "until": min(today, year.last),
        "found": figures_of_year(visitor, year.year, today),
    }
    return render(request, "steering/figures.html", seen)


@require_safe
@enter(Journey.STEERING)
def export_figures(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Give the tables of the page as one file, a figure a line."""
    require(visitor.user, "activity.see", visitor.epci)
    year = shown_year(request, visitor.epci, ahead=0)
    if year.refusal:
        raise Http404(year.refusal)
    found = figures_of_year(visitor, year.year, clock.today(visitor.epci))
    content = "".join(csv_lines(COLUMNS, _lines(found.pictures))).encode()
    return attached(content, name=f"chiffres-{year.year}.csv", media_type=CSV_TYPE)


def _lines(pictures: tuple[Picture, ...]) -> Iterator[tuple[str, str, str, str | int]]:
    for picture in pictures:
        for row in picture.table.rows:
            for column, value in zip(picture.table.head[1:], row[1:], strict=True):
                yield picture.title, str(row[0]), column, value.value if isinstance(value, Hidden) else _whole(value)


def _whole(value: str | float) -> str | int:
    """Return a figure as a file has it: all that is counted here is whole."""
    return value if isinstance(value, str) else int(value)
