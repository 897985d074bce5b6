"""The counts of whole months, for reports: what is kept is read, and only what was touched since is counted from its records.

Nothing is written here, and no actor is asked for: whoever shows figures has judged who may see them. The marks of what was
touched are read first, then what is kept, then the records that the marks concern: each part is right as of some moment in
between, whatever others write or count anew meanwhile.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import reduce
from operator import or_

from django.db.models import Q

from escale.apps.activity.models import MonthFigures, TouchedMonth
from escale.apps.activity.reckoning import reckon
from escale.apps.activity.touched import Place
from escale.apps.territory.models import Commune, Epci
from escale.core.activity.figures import Figures, total
from escale.core.calendar.months import Month

NOTHING = Figures()
Part = tuple[int | None, dt.date, Figures, bool]
"""The commune (None for several), the first day of the month, what was counted, and whether it is to be added or taken away."""


def figures_of(epci: Epci, first_month: Month, last_month: Month, *, commune: Commune | None = None) -> Figures:
    """Return the counts of some months, both ends included, in one commune or in the whole territory."""
    return _sum(_parts(epci, first_month, last_month, commune=commune))


def figures_by_month(
    epci: Epci, first_month: Month, last_month: Month, *, commune: Commune | None = None
) -> dict[Month, Figures]:
    """Return the same month by month, in order; a month of which nothing is known has figures of nothing."""
    found: defaultdict[Month, list[Part]] = defaultdict(list)
    for part in _parts(epci, first_month, last_month, commune=commune):
        found[Month.of(part[1])].append(part)
    return {month: _sum(found[month]) for month in first_month.until(last_month)}


def figures_by_commune(epci: Epci, first_month: Month, last_month: Month) -> dict[int, Figures]:
    """Return the same commune by commune, by their keys; a commune of which nothing is known is left out."""
    found: defaultdict[int, list[Part]] = defaultdict(list)
    for part in _parts(epci, first_month, last_month, apart=True):
        if part[0] is not None and part[2] != NOTHING:
            found[part[0]].append(part)
    return {commune: _sum(parts) for commune, parts in found.items()}


def country_figures(first_month: Month, last_month: Month) -> Figures:
    """Return the counts of some months in every EPCI of the installation, as far as they were ever counted or marked."""
    return _sum(_parts(None, first_month, last_month))


def _sum(parts: Iterable[Part]) -> Figures:
    added: list[Figures] = []
    taken: list[Figures] = []
    for _, _, figures, is_added in parts:
        (added if is_added else taken).append(figures)
    return total(added, less=taken)


def _parts(
    epci: Epci | None, first_month: Month, last_month: Month, *, commune: Commune | None = None, apart: bool = False
) -> Iterator[Part]:
    """Yield what adds up to the counts of some months: of one commune, of each one `apart`, of an EPCI, or of all of them.

    The sum of an EPCI, or of all, is read as it is kept; what was touched since is taken out of it, and counted from its records.
    One statement reads both, so that nothing is taken out that the sum does not hold.
    """
    months = [month.first for month in first_month.until(last_month)]
    period = Q(month__range=(months[0], months[-1]))
    here = (Q() if epci is None else Q(epci=epci)) & (Q() if commune is None else Q(commune=commune))
    marks = set(TouchedMonth.objects.filter(here & period).order_by().values_list("epci", "commune", "month").distinct())
    by_commune = apart or commune is not None
    counted = set()
    sums = Q(epci=epci, commune=None) if epci else Q(epci=None)
    parts = here & Q(commune__isnull=False) if by_commune else _kept_in(marks)
    for row in MonthFigures.objects.filter(period & (sums | parts)).order_by():
        is_sum, is_touched = row.commune_id is None, (row.epci_id, row.commune_id, row.month) in marks
        if is_sum:
            counted.add(row.month)
        # What was touched is taken away from sums; of communes apart, it is left out.
        if (not by_commune) if is_sum else (is_touched != by_commune):
            yield row.commune_id, row.month, row.figures, is_sum or by_commune
    # A month that was never counted is read whole: no row says in which communes something was written.
    new = {month for month in months if epci is not None and month not in counted}
    live = [_in_month(month) for month in sorted(new)]
    live += [Q(commune__in=some) & _in_month(month) for month, some in _by_month(marks).items() if month not in new]
    for place, figures in (reckon(here & reduce(or_, live)) if live else {}).items():
        if place in marks or place[2] in new:
            yield place[1], place[2], figures, True


def _kept_in(places: Collection[Place]) -> Q:
    """Return the kept counts of some communes and months, and perhaps of more."""
    return reduce(or_, (Q(month=month, commune__in=some) for month, some in _by_month(places).items()), Q(pk__in=[]))


def _by_month(places: Collection[Place]) -> dict[dt.date, list[int]]:
    found: defaultdict[dt.date, list[int]] = defaultdict(list)
    for _, commune, month in sorted(places):
        found[month].append(commune)
    return found


def _in_month(month: dt.date) -> Q:
    return Q(date__range=(month, Month.of(month).last))
