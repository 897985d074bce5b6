"""The page that comes before planning: can the promise of a visit a month be kept in a year, and what would break it?"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from escale.apps.audit.actors import require
from escale.apps.schedule.outlook import MonthOutlook, Outlook, ReadingOutlook, outlook_of
from escale.apps.team.labels import LEAVE_KINDS
from escale.apps.team.models import Leave, LeaveKind
from escale.apps.territory.labels import READINGS
from escale.core.calendar.french import MONTH_WORDS
from escale.core.planning.faults import ProblemError
from escale.core.planning.readings import Reading
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.preparing.drawing import bars_of
from escale.web.steering.preparing.years import ShownYear, shown_year


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveLine:
    """A leave that breaks the promise, and how."""

    leave: Leave
    kind: str
    words: str


@require_safe
@enter(Journey.STEERING)
def show_capacity(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show what the months of a year owe and what they can give."""
    require(visitor.user, "schedule.draft", visitor.epci)
    year = shown_year(request, visitor.epci)
    seen: dict[str, object] = {"visitor": visitor, "year": year}
    try:
        seen |= _told(visitor, year)
    except ProblemError as error:
        seen["obstacle"] = error.message
    return render(request, "steering/preparing/capacity.html", seen)


def _told(visitor: Visitor, year: ShownYear) -> dict[str, object]:
    outlook = outlook_of(visitor.epci, year.year)
    breaking = _breaking(visitor, outlook)
    return {
        "outlook": outlook,
        "reading_in_force": READINGS[outlook.in_force.reading],
        "readings": [(reading, _named(reading), READINGS[reading.reading]) for reading in outlook.readings],
        "months": _months(outlook),
        "bars": bars_of(outlook.in_force.months),
        "breaking": breaking,
        "harmless": len(outlook.leaves) - len(breaking),
    }


def _named(reading: ReadingOutlook) -> str:
    return "au choix" if reading.reading is Reading.CUSTOM else f"lecture {reading.reading.value[1:]}"


def _months(outlook: Outlook) -> list[tuple[str, int, list[tuple[str, str, bool]]]]:
    """Return a row for each month: its name, what it owes; for each reading its label, what it gives, whether it is enough."""
    rows = zip(*(reading.months for reading in outlook.readings), strict=True)
    names = [_named(reading).capitalize() for reading in outlook.readings]
    return [
        (
            MONTH_WORDS[cells[0].month.number - 1],
            cells[0].needs,
            [(name, _given(cell), not cell.unserved) for name, cell in zip(names, cells, strict=True)],
        )
        for cells in rows
    ]


def _given(cell: MonthOutlook) -> str:
    """Return « 54, il en reste 7 »."""
    if cell.spare < 0:
        return f"{cell.places}, il en manque {-cell.spare}"
    if cell.unserved:
        return f"{cell.places}, mais {cell.unserved} commune{'s' if cell.unserved > 1 else ''} sans place possible"
    return f"{cell.places}, il en reste {cell.spare}"


def _breaking(visitor: Visitor, outlook: Outlook) -> list[LeaveLine]:
    """Return the leaves that break the promise, with who takes them."""
    words = {told.leave: told.words for told in outlook.leaves if told.breaks}
    rows = Leave.objects.visible_to(visitor.user).filter(pk__in=words).select_related("mediator").order_by("starts", "pk")
    return [LeaveLine(leave=row, kind=LEAVE_KINDS[LeaveKind(row.kind)], words=words[row.pk]) for row in rows]
