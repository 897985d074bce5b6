"""The figures of a year as pictures: those of the page, and of the file that is taken away."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from django.db.models import Q

from escale.apps.activity.figures import figures_by_month
from escale.apps.activity.labels import AGES, MODES, THEMES
from escale.apps.territory.models import Commune
from escale.apps.visits.models import Visit
from escale.core.activity.figures import Figures, Table, total
from escale.core.calendar.months import Month
from escale.core.visits.life import Side, VisitState
from escale.web.journeys import Visitor
from escale.web.pictures.bars import MANY, Bar, bars
from escale.web.pictures.months import by_month
from escale.web.pictures.picture import Hidden, Picture
from escale.web.pictures.signs import Outcome
from escale.web.pictures.visits import VisitMark, years_of_visits
from escale.web.templatetags.french import SHORT_DAYS, number

E = TypeVar("E", bound=StrEnum)
GIVEN_UP = {VisitState.WAIVED: Outcome.WAIVED, VisitState.REFUSED: Outcome.BY_COMMUNE}
BY_SIDE = {Side.SERVICE: Outcome.BY_EPCI, Side.COMMUNE: Outcome.BY_COMMUNE}


@dataclass(frozen=True, slots=True, kw_only=True)
class YearFigures:
    """What is told of a year: sums, and their pictures."""

    figures: Figures
    pictures: tuple[Picture, ...]


def figures_of_year(visitor: Visitor, year: int, today: dt.date) -> YearFigures:
    """Return what was done in a year in the whole territory, until today in the year that runs."""
    months = [Month(year, number) for number in range(1, 13)]
    found = figures_by_month(visitor.epci, months[0], months[-1])
    figures = total(found.values())
    pictures = [visits] if (visits := _visits(visitor, months, today)) else []
    if figures.participations:
        by = [(month, found[month].participations if month.first <= today else Hidden.AHEAD) for month in months]
        pictures += [by_month(title=f"Accompagnements par mois, {year}", months=by), *_distributions(figures, year)]
    return YearFigures(figures=figures, pictures=tuple(pictures))


def outcome_of(visit: Visit, today: dt.date) -> Outcome:
    """Return what became of a half-day that stands, or that someone gave up."""
    end = getattr(visit, "cancellation", None)
    if end is not None:
        return GIVEN_UP.get(VisitState(visit.state)) or BY_SIDE[Side(end.side)]
    if visit.state != VisitState.HELD:
        return Outcome.AHEAD if visit.date >= today else Outcome.UNTOLD
    if visit.makes_up_id is not None:
        return Outcome.MADE_UP
    return Outcome.MOVED if visit.was_moved else Outcome.HELD


def _distributions(figures: Figures, year: int) -> list[Picture]:
    themes = sorted(_counted(figures, Table.PEOPLE_BY_THEME, THEMES), key=lambda bar: -int(bar[1]))
    ages = _counted(figures, Table.AGES, AGES)
    return [
        bars(
            title=f"Accompagnements par thème, {year}",
            bars=[bar for bar in themes if bar[1]],
            heading="Thème",
            note=MANY,
        ),
        bars(title=f"Accompagnements par mode, {year}", bars=_counted(figures, Table.PEOPLE_BY_MODE, MODES), heading="Mode"),
        bars(title=f"Accompagnements par âge, {year}", bars=ages, heading="Âge", note=_answered(ages, figures)),
    ]


def _answered(told: list[Bar], figures: Figures) -> str:
    """Tell how many accompaniments have an answer, when some have none: the sum stays below the total."""
    known = sum(int(bar[1]) for bar in told)
    if known == figures.participations:
        return ""
    return f"Question renseignée pour {number(known)} accompagnement{'s' * (known > 1)} sur {number(figures.participations)}."


def _counted(figures: Figures, table: Table, labels: Mapping[E, str]) -> list[Bar]:
    counts = figures.table(table)
    return [(words, counts.get(value.value, 0)) for value, words in labels.items()]


def _visits(visitor: Visitor, months: list[Month], today: dt.date) -> Picture | None:
    """Return the half-days of each commune by the month of their day; None when there is none."""
    there = Visit.objects.visible_to(visitor.user).filter(epci=visitor.epci).between(months[0].first, months[-1].last)
    told = there.standing() | there.filter(Q(cancellation__isnull=False))
    found: defaultdict[int, defaultdict[Month, list[VisitMark]]] = defaultdict(lambda: defaultdict(list))
    for visit in told.select_related("cancellation"):
        day = f"{SHORT_DAYS[visit.date.weekday()]} {visit.date.day}"
        found[visit.commune_id][Month.of(visit.date)].append(VisitMark(outcome=outcome_of(visit, today), day=day))
    communes = Commune.objects.filter(pk__in=found).defer("outline").order_by("sort_key")
    rows = [(str(commune), [found[commune.pk][month] for month in months]) for commune in communes]
    if not rows:
        return None
    title = f"Demi-journées par commune, {months[0].year}"
    return years_of_visits(title=title, months=months, rows=rows, empty="aucune")
