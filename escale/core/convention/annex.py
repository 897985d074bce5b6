"""The planning annexed to a convention (art. 4): the usual day, which commits the parties, then dates, which are indicative."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from escale.core.calendar.hours import Hours
from escale.core.convention.filling import MissingValuesError
from escale.core.documents.tree import Block, Group, Role, Row, Section, Table, line, paragraph

INDICATIVE = "indicatives, communiquées chaque année"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexedDate:
    """One half-day; `remark` says why it is off the usual day."""

    day: dt.date
    hours: Hours
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexedPlanning:
    """What is annexed: the usual day in words (« Le deuxième mardi du mois, le matin, de 9 h à 12 h »), the place, the dates."""

    usual_day: str
    place: str = ""
    dates: tuple[AnnexedDate, ...] = ()


def annex_of(planning: AnnexedPlanning) -> Section:
    """Return the annex. Raise MissingValuesError without a usual day: nothing else commits the parties."""
    if not planning.usual_day.strip():
        raise MissingValuesError(("Jour habituel de la commune",))
    day: list[Block] = [
        paragraph(planning.usual_day, role=Role.LEAD),
        paragraph("Le jour habituel engage les parties. Il change par avenant (article 4 de la convention)."),
    ]
    if planning.place:
        day.append(paragraph(f"Lieu : {planning.place}"))
    parts = [Section(id="annexe-jour", title="Jour habituel", blocks=tuple(day))]
    if planning.dates:
        rows = tuple(Row(cells=(line(date.day), line(date.hours), line(date.remark))) for date in planning.dates)
        table = Table(caption="Dates", columns=("Date", "Horaire", "Remarque"), groups=(Group(rows=rows),))
        parts.append(Section(id="annexe-dates", title=f"Dates {INDICATIVE}", blocks=(table,)))
    return Section(id="annexe-planning", title="Annexe : planning d’intervention", blocks=tuple(parts))
