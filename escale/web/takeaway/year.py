"""The whole year as a document: communes down, months across, as the screen shows them, with what each sign means."""

from __future__ import annotations

import datetime as dt

from escale.apps.schedule.queries import months_words
from escale.apps.territory.models import Epci
from escale.core.calendar.halfdays import Half
from escale.core.calendar.months import Month
from escale.core.documents.tree import Document, Group, Line, Mark, Paragraph, Piece, Role, Row, Table, line
from escale.web.steering.tour.cells import month_label
from escale.web.steering.tour.year import Cell, Gap, Order, Shown, Tour, pattern_words
from escale.web.steering.tour.year import Line as CommuneLine
from escale.web.templatetags.french import SHORT_DAYS

HALVES = {Half.AM.value: "matin", Half.PM.value: "ap.-m."}
SIGNS = {Gap.UNSERVED: "sans date", Gap.MADE_UP: "reporté", Gap.OUT: "–", Gap.UNPUBLISHED: "à venir"}


def year_of(epci: Epci, tour: Tour, *, title: str, date: dt.date, status: str = "") -> Document:
    """Return a tour as one table, grouped by post. What is only expected stands in drafts alone, which have a `status`."""
    shown = tour if status else Tour(months=tour.months, lines=_firm(tour), posts=tour.posts)
    years = {month.year for month in tour.months}
    columns = ("Commune", "Jour habituel", *(month_label(month, with_year=len(years) > 1) for month in tour.months))
    groups = tuple(
        Group(heading=group.heading, rows=tuple(_row(line) for line in group.lines)) for group in shown.groups(Order.MEDIATOR)
    )
    count = len(shown.lines)
    return Document(
        title=title,
        issuer=f"{epci.service_name}, {epci}",
        subtitle=f"{count} commune{'s' if count > 1 else ''}, une demi-journée par mois (article 4)",
        status=status,
        date=date,
        blocks=(_legend(shown), Table(caption=title, columns=columns, groups=groups)),
    )


def title_of(months: tuple[Month, ...]) -> str:
    """Return « La tournée 2027 », « La tournée de mars 2027 à juin 2027 »."""
    return f"La tournée {months_words(months)}"


def _firm(tour: Tour) -> tuple[CommuneLine, ...]:
    return tuple(line for line in tour.lines if not line.is_expected)


def _row(found: CommuneLine) -> Row:
    name = f"{found.name} (attendue)" if found.is_expected else found.name
    usual = pattern_words(found.usual) if found.usual else "–"
    return Row(cells=(line(name), line(usual), *(_cell(found, cell) for cell in found.cells)))


def _cell(found: CommuneLine, cell: Cell) -> Line:
    pieces = [_visit(found, shown) for shown in cell.visits]
    if cell.gap is not None:
        mark = Mark.MISSING if cell.gap is Gap.UNSERVED else Mark.QUIET
        pieces.append(Piece(value=SIGNS[cell.gap], mark=mark))
    spaced = [part for piece in pieces for part in (Piece(value=" "), piece)][1:]
    return tuple(spaced)


def _visit(found: CommuneLine, shown: Shown) -> Piece:
    visit = shown.visit
    if shown.is_usual:
        return Piece(value=str(visit.date.day))
    words = f"{SHORT_DAYS[visit.date.weekday()].removesuffix('.')} {visit.date.day}"
    if found.usual and visit.half != found.usual[2]:
        words += f" {HALVES[visit.half]}"
    return Piece(value=f"{words} (r.)" if visit.is_make_up else words, mark=Mark.MOVED)


def _legend(tour: Tour) -> Paragraph:
    """Say what the signs of this table mean, and only those."""
    shown = [each for found in tour.lines for each in found.shown]
    gaps = {cell.gap for found in tour.lines for cell in found.cells}
    pieces: list[str | Piece] = ["Un nombre seul : le jour habituel."]
    if not all(each.is_usual for each in shown):
        pieces += ["  ", Piece(value="jeu 8", mark=Mark.MOVED), " : un autre jour ou une autre demi-journée."]
    if any(each.visit.is_make_up for each in shown):
        pieces += ["  (r.) : rattrapage d’un autre mois."]
    if Gap.UNSERVED in gaps:
        pieces += ["  ", Piece(value=SIGNS[Gap.UNSERVED], mark=Mark.MISSING), " : aucun passage ce mois-là."]
    if Gap.UNPUBLISHED in gaps:
        pieces += ["  à venir : mois pas encore publié."]
    return Paragraph(line=line(*pieces), role=Role.NOTE)
