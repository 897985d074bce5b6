"""What stands around the figures of a commune: how it compares with the others, without a ranking, and its next dates."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection

from django.db.models import Q

from escale.apps.activity.figures import figures_by_commune
from escale.apps.conventions.models import Convention
from escale.apps.evaluation.figures import NextDate
from escale.apps.evaluation.guarding import people_of
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.models import Visit
from escale.core.activity.figures import Figures as MonthFigures
from escale.core.calendar.periods import Period
from escale.core.evaluation.funnel import rates
from escale.core.evaluation.policies import K_ACTIVITY
from escale.core.evaluation.wording import number_words

DATES_TOLD = 6
FEWEST_COMMUNES = 3
"""Beside fewer, a commune would be told what another one did."""


def standings_of(epci: Epci, period: Period) -> dict[int, str]:
    """Return how the accompaniments of each commune of a year stand beside the others, by its key; a quarter is too short."""
    if not period.is_year:
        return {}
    bound = Convention.objects.filter(epci=epci, notified_on__lte=period.months[0].last, abandoned_on=None)
    bound = bound.filter(Q(ends_on=None) | Q(ends_on__gte=period.first))
    communes = list(Commune.objects.filter(pk__in=bound.values("commune"), population__gt=0).defer("outline"))
    if len(communes) < FEWEST_COMMUNES:
        return {}
    found = figures_by_commune(epci, period.months[0], period.months[-1])
    people = {commune.code: people_of(found.get(commune.pk, MonthFigures())) for commune in communes}
    funnel = rates({commune.code: (people[commune.code], (commune.population or 0) / 1000) for commune in communes})
    said = {point.place: point.words for point in funnel.points}
    total = sum(people.values())
    mean = f" Moyenne du territoire : {number_words(funnel.mean)} accompagnements pour 1\u202f000 habitants."
    return {
        commune.pk: f"Pour son nombre d’habitants, à côté des autres communes : {said[commune.code]} (art. 6)."
        f"{mean if total - people[commune.code] >= K_ACTIVITY else ''}"
        for commune in communes
    }


def next_dates_of(epci: Epci, communes: Collection[int], period: Period, on: dt.date) -> dict[int, tuple[NextDate, ...]]:
    """Return the next published half-days of communes after a period, as they are known on a day, in one query."""
    since = max(on, period.last + dt.timedelta(days=1))
    found: defaultdict[int, list[NextDate]] = defaultdict(list)
    rows = Visit.objects.filter(epci=epci, commune__in=communes).coming().from_day(since)
    for commune, date, half in rows.values_list("commune", "date", "half"):
        if len(found[commune]) < DATES_TOLD:
            found[commune].append(NextDate(date=date, half=half))
    return {commune: tuple(dates) for commune, dates in found.items()}
