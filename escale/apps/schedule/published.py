"""What is published: the plan in force in a month, its visits, and what they promise to the communes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from escale.apps.schedule.drafts import tour_of
from escale.apps.schedule.models import Participation, Plan, PlannedVisit, Publication
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.matching import Promise
from escale.apps.visits.models import Visit
from escale.core.calendar.months import Month
from escale.core.planning import plan as tour


def current_plan(epci: Epci, month: Month) -> Plan | None:
    """Return the plan in force in a month; None when the month is not published."""
    return current_plans(epci, [month]).get(month)


def current_plans(epci: Epci, months: Collection[Month]) -> dict[Month, Plan]:
    """Return the plan in force in each of some months; those that are not published are not there."""
    written = {str(month) for month in months}
    found = Publication.objects.filter(epci=epci, month__in=written).current().select_related("plan__epci")
    return {Month.parse(row.month): row.plan for row in found}


def published_visits(epci: Epci, months: Collection[Month], communes: Collection[Commune] | None = None) -> list[PlannedVisit]:
    """Return the visits of the plans in force that keep the promise of some months, expected communes among them."""
    written = {str(month) for month in months}
    current = dict(Publication.objects.filter(epci=epci, month__in=written).current().values_list("month", "plan"))
    rows = PlannedVisit.objects.filter(plan__in=set(current.values()), for_month__in=written)
    if communes is not None:
        rows = rows.filter(commune__in=communes)
    return [row for row in rows.prefetch_related("commune", "post") if current.get(row.for_month) == row.plan_id]


def published_tour(epci: Epci, months: Collection[Month]) -> tour.Plan:
    """Return the same visits as the planner reads them."""
    return tour_of(published_visits(epci, months))


def promises_of(epci: Epci, visits: Iterable[PlannedVisit]) -> list[Promise]:
    """Return what some planned visits promise: those of the communes whose participation is firm on the day."""
    firm = _firm(epci)
    return [
        Promise(commune=row.commune_id, post=row.post_id, date=row.date, half=row.half, for_month=row.for_month)
        for row in visits
        if any(held.holds_on(row.date) for held in firm.get(row.commune_id, ()))
    ]


def visits_outside(epci: Epci, communes: Collection[Commune], day: dt.date) -> list[int]:
    """Return the keys of the visits that stand, from a day on, where their commune takes no firm part: its convention is over."""
    firm = _firm(epci)
    rows = Visit.objects.filter(epci=epci, commune__in=communes).coming().from_day(day).values_list("pk", "commune", "date")
    return [key for key, commune, date in rows if not any(held.holds_on(date) for held in firm.get(commune, ()))]


def _firm(epci: Epci) -> dict[int, list[Participation]]:
    firm: dict[int, list[Participation]] = {}
    for held in Participation.objects.filter(epci=epci).firm():
        firm.setdefault(held.commune_id, []).append(held)
    return firm
