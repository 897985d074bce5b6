"""The planning annexed to a convention (art. 4), from what was agreed and from the tour: published, else drafted."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from escale.apps.conventions.following import annex_of
from escale.apps.conventions.models import Convention
from escale.apps.conventions.queries import annex_on
from escale.apps.schedule.models import Plan, PlannedVisit
from escale.apps.schedule.published import published_visits
from escale.apps.territory.models import Premises
from escale.apps.territory.queries import hours_at
from escale.apps.visits.models import Visit
from escale.apps.visits.queries import VisitLine, lines_of
from escale.core.calendar.months import Month, nth_of_month
from escale.core.convention.annex import AnnexedDate, AnnexedPlanning, usual_day_words
from escale.core.convention.dates import ONE_DAY, add_months
from escale.core.planning.problem import Annex

MONTHS_SHOWN = 12
"""The dates of a year are annexed: they are told anew each year."""


def annexed_planning(convention: Convention, on: dt.date) -> AnnexedPlanning | None:
    """Return what is annexed to a convention on a day; None while no usual day is agreed, and none is held for the commune."""
    lines = _lines(convention, on)
    kept = annex_on(convention, on)
    usual = annex_of(kept) if kept else _most_frequent(lines)
    if usual is None:
        return None
    place = place_of(convention, lines, on)
    return AnnexedPlanning(
        usual_day=usual_day_words(usual.nth, usual.window, hours_at(convention.epci, place, usual.window.half)),
        place=place_words(place),
        dates=tuple(_date(line, usual, place) for line in lines),
    )


def held_day(convention: Convention, on: dt.date) -> Annex | None:
    """Return the usual day that the published tour, else the last draft, keeps for a commune; None without one."""
    return _most_frequent(_lines(convention, on))


def place_words(place: Premises | None) -> str:
    """Return « Salle des fêtes, 3 rue Haute », empty without a place."""
    return "" if place is None else ", ".join(words for words in (place.name, place.address) if words)


def _lines(convention: Convention, on: dt.date) -> list[VisitLine]:
    last = min(add_months(on, MONTHS_SHOWN) - ONE_DAY, convention.ends_on or dt.date.max)
    first = max(on, convention.notified_on or on)
    if first > last:
        return []
    visits = Visit.objects.filter(epci=convention.epci, commune=convention.commune).standing().between(first, last)
    promised = list(visits.select_related("commune", "post", "epci").defer("commune__outline"))
    return lines_of(promised or _held(convention, first, last))


def _held(convention: Convention, first: dt.date, last: dt.date) -> list[Visit]:
    """Return the half-days that are kept free for a commune whose coming is only expected, as visits that nobody promised."""
    months = tuple(Month.of(first).until(Month.of(last)))
    rows = published_visits(convention.epci, months, [convention.commune]) or _drafted(convention, months)
    return [
        Visit(
            epci=convention.epci,
            commune=convention.commune,
            post=row.post,
            date=row.date,
            half=row.half,
            for_month=row.for_month,
            origin_date=row.date,
            origin_half=row.half,
        )
        for row in sorted(rows, key=lambda row: (row.date, row.half))
        if first <= row.date <= last
    ]


def _drafted(convention: Convention, months: Sequence[Month]) -> list[PlannedVisit]:
    plan = Plan.objects.filter(epci=convention.epci).open().reaching(months[0], months[-1]).order_by("-number").first()
    return [] if plan is None else list(plan.visits.filter(commune=convention.commune).select_related("post"))


def _most_frequent(lines: Sequence[VisitLine]) -> Annex | None:
    days = Counter((nth_of_month(line.date), line.visit.window) for line in lines if not line.visit.is_make_up)
    if not days:
        return None
    (nth, window), _ = days.most_common(1)[0]
    return Annex(nth=nth, window=window)


def place_of(convention: Convention, lines: Sequence[VisitLine], on: dt.date) -> Premises | None:
    """Return where most dates are held; before there are any, the place that the commune prefers."""
    used = Counter(line.premises for line in lines if line.premises)
    if used:
        return used.most_common(1)[0][0]
    return Premises.objects.filter(commune=convention.commune).open_on(on).first()


def _date(line: VisitLine, usual: Annex, place: Premises | None) -> AnnexedDate:
    remarks = []
    if line.visit.is_make_up:
        remarks.append("rattrapage")
    elif (nth_of_month(line.date), line.visit.window) != (usual.nth, usual.window):
        remarks.append("hors du jour habituel")
    if line.premises and line.premises != place:
        remarks.append(f"lieu : {line.premises.name}")
    return AnnexedDate(day=line.date, hours=line.hours, remark=" ; ".join(remarks))
