"""One distribution of some months, commune by commune, without reading the others: those of missions, say."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db.models import Q
from django.db.models.fields.json import KeyTransform

from escale.apps.activity.models import MonthFigures, TouchedMonth
from escale.apps.activity.reckoning import reckon
from escale.core.activity.figures import Table
from escale.core.calendar.months import Month

AT_ONCE = 900
"""How many communes are named in one query; about more of them a database had better be asked for all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """How many activities, and how many of them for each value; one that has several values is counted in each."""

    activities: int = 0
    counts: Counter[str] = field(default_factory=Counter)


def table_by_commune(
    table: Table, epcis: Collection[int], communes: Collection[int], first_month: Month, last_month: Month
) -> dict[int, Distribution]:
    """Return one distribution of some months by commune; the number of queries is the same for one and for a country.

    What was touched since it was counted, and what never was, is read from its records.
    """
    months = [month.first for month in first_month.until(last_month)]
    period, here = Q(month__range=(months[0], months[-1])), _among(communes, "commune")
    marks = set(TouchedMonth.objects.filter(here, period).order_by().values_list("commune", "month").distinct())
    sums = MonthFigures.objects.filter(_among(epcis, "epci"), period, epci__isnull=False, commune=None).order_by()
    counted = set(sums.values_list("epci", "month"))
    totals: Counter[int] = Counter()
    counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    rows = MonthFigures.objects.filter(here, period, commune__isnull=False, activities__gt=0).order_by()
    read = rows.values_list("epci", "commune", "month", "activities", KeyTransform(table, "tables"))
    for epci, commune, month, activities, found in read:
        if (commune, month) not in marks and (epci, month) in counted:
            totals[commune] += activities
            counts[commune].update(found or {})
    uncounted = {(epci, month) for epci in epcis for month in months} - counted
    live = [_among(some, "epci") & _in_month(month) for month, some in _by_month(uncounted).items()]
    live += [_among(some, "commune") & _in_month(month) for month, some in _by_month(marks).items()]
    for (epci, commune, month), figures in (reckon(here & reduce(or_, live)) if live else {}).items():
        if (epci, month) in uncounted or (commune, month) in marks:
            totals[commune] += figures.activities
            counts[commune].update(figures.table(table))
    return {commune: Distribution(activities=total, counts=counts[commune]) for commune, total in totals.items()}


def _among(keys: Collection[int], path: str) -> Q:
    return Q(**{f"{path}__in": list(keys)}) if len(keys) <= AT_ONCE else Q()


def _by_month(places: Collection[tuple[int, dt.date]]) -> dict[dt.date, list[int]]:
    found: defaultdict[dt.date, list[int]] = defaultdict(list)
    for key, month in places:
        found[month].append(key)
    return found


def _in_month(month: dt.date) -> Q:
    return Q(date__range=(month, Month.of(month).last))
