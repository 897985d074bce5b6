"""The planning annexed to a convention (art. 4): the usual day, which commits the parties, then dates, which are indicative."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from escale.core.calendar.halfdays import WEEKDAY_WORDS, Half, Window
from escale.core.calendar.hours import Hours, time_words
from escale.core.convention.filling import MissingValuesError
from escale.core.documents.tree import Block, Group, Role, Row, Section, Table, line, paragraph

INDICATIVE = "indicatives, communiquées chaque année"
ORDINALS = ("", "premier", "deuxième", "troisième", "quatrième", "cinquième")


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


def usual_day_words(nth: int, window: Window, hours: Hours) -> str:
    """Return « Le deuxième mardi du mois, le matin, de 9 h à 12 h »."""
    half = "le matin" if window.half is Half.AM else "l’après-midi"
    span = f"de {time_words(hours.starts)} à {time_words(hours.ends)}"
    return f"Le {ORDINALS[nth]} {WEEKDAY_WORDS[window.weekday]} du mois, {half}, {span}"


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
    else:
        parts.append(Section(id="annexe-dates", title="Dates", blocks=(paragraph(f"Les dates sont {INDICATIVE}."),)))
    return Section(id="annexe-planning", title="Annexe : planning d’intervention", blocks=tuple(parts))
