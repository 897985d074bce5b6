"""The counts of whole months, for reports: what is kept is read, and only what was touched since is counted from its records.

Nothing is written here, and no actor is asked for: whoever shows figures has judged who may see them. The marks of what was
touched are read first, then the rows that they do not concern, then the records that they do: each part is right as of some
moment in between, whatever others write or count anew meanwhile.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import reduce
from itertools import chain
from operator import or_

from django.db.models import Q

from escale.apps.activity.models import MonthFigures, TouchedMonth
from escale.apps.activity.reckoning import reckon
from escale.apps.activity.touched import Place
from escale.apps.territory.models import Commune, Epci
from escale.core.activity.figures import Figures, total
from escale.core.calendar.months import Month

AT_ONCE, CONDITIONS_AT_ONCE = 2_000, 50
NOTHING = Figures()
Part = tuple[int | None, dt.date, Figures]
"""The commune (None for all of an EPCI), the first day of the month, and what was counted."""


def figures_of(epci: Epci, first_month: Month, last_month: Month, *, commune: Commune | None = None) -> Figures:
    """Return the counts of some months, both ends included, in one commune or in the whole territory."""
    return total(part for _, _, part in _parts(epci, first_month, last_month, commune=commune))


def figures_by_month(
    epci: Epci, first_month: Month, last_month: Month, *, commune: Commune | None = None
) -> dict[Month, Figures]:
    """Return the same month by month, in order; a month of which nothing is known has figures of nothing."""
    found: defaultdict[Month, list[Figures]] = defaultdict(list)
    for _, day, part in _parts(epci, first_month, last_month, commune=commune):
        found[Month.of(day)].append(part)
    return {month: total(found[month]) for month in first_month.until(last_month)}


def figures_by_commune(epci: Epci, first_month: Month, last_month: Month) -> dict[int, Figures]:
    """Return the same commune by commune, by their keys; a commune of which nothing is known is left out."""
    found: defaultdict[int, list[Figures]] = defaultdict(list)
    for commune, _, part in _parts(epci, first_month, last_month, apart=True):
        if commune is not None and part != NOTHING:
            found[commune].append(part)
    return {commune: total(parts) for commune, parts in found.items()}


def country_figures(first_month: Month, last_month: Month) -> Figures:
    """Return the counts of some months in every EPCI of the installation: one row of each EPCI and month is read."""
    marks = _touched(Q(month__range=(first_month.first, last_month.first)))
    stale = {(epci, month) for epci, _, month in marks}
    of_epcis = Q(commune__isnull=True, month__range=(first_month.first, last_month.first))
    rows = MonthFigures.objects.filter(of_epcis | _communes_of(stale)).order_by()
    kept = (
        row.figures
        for row in rows.iterator(chunk_size=AT_ONCE)
        if ((row.epci_id, row.month) in stale) == (row.commune_id is not None)
        and (row.epci_id, row.commune_id, row.month) not in marks
    )
    return total(chain(kept, _live(_in_places(marks)).values()))


def _parts(
    epci: Epci, first_month: Month, last_month: Month, *, commune: Commune | None = None, apart: bool = False
) -> Iterator[Part]:
    """Yield what adds up to the counts of some months: of one commune, of each one apart, or of the EPCI where that is kept."""
    months = [month.first for month in first_month.until(last_month)]
    here = Q(epci=epci) if commune is None else Q(epci=epci, commune=commune)
    marks = _touched(here & Q(month__range=(months[0], months[-1])))
    by_commune = set(months) if apart or commune else {month for _, _, month in marks}
    counted = set()
    for row in MonthFigures.objects.filter(_kept(epci, months, by_commune, commune)):
        if row.commune_id is None:
            counted.add(row.month)
        if (row.month in by_commune) == (row.commune_id is not None) and (epci.pk, row.commune_id, row.month) not in marks:
            yield row.commune_id, row.month, row.figures
    # A month that was never counted is read whole: no row says in which communes something was written.
    new = [here & _in_month(month) for month in months if month not in counted]
    known = {place for place in marks if place[2] in counted}
    for (_, where, month), figures in _live([*new, *_in_places(known)]).items():
        yield where, month, figures


def _touched(where: Q) -> set[Place]:
    return set(TouchedMonth.objects.filter(where).order_by().values_list("epci", "commune", "month").distinct())


def _kept(epci: Epci, months: list[dt.date], by_commune: Collection[dt.date], commune: Commune | None) -> Q:
    """Return which rows are read; those of the EPCI say which months were counted, even where its communes are asked for."""
    communes = Q(commune__isnull=False) if commune is None else Q(commune=commune)
    of_communes = communes & Q(month__in=by_commune)
    return Q(epci=epci, month__range=(months[0], months[-1])) & (Q(commune__isnull=True) | of_communes)


def _communes_of(stale: Collection[tuple[int, dt.date]]) -> Q:
    epcis: defaultdict[dt.date, list[int]] = defaultdict(list)
    for epci, month in stale:
        epcis[month].append(epci)
    return reduce(or_, (Q(commune__isnull=False, month=month, epci__in=some) for month, some in epcis.items()), Q(pk__in=[]))


def _in_month(month: dt.date) -> Q:
    return Q(date__range=(month, Month.of(month).last))


def _in_places(places: Collection[Place]) -> list[Q]:
    communes: defaultdict[tuple[int, dt.date], list[int]] = defaultdict(list)
    for epci, commune, month in places:
        communes[epci, month].append(commune)
    return [Q(epci=epci, commune__in=some) & _in_month(month) for (epci, month), some in sorted(communes.items())]


def _live(wheres: Sequence[Q]) -> dict[Place, Figures]:
    """Count records now; a database takes only so many conditions at once."""
    found: dict[Place, Figures] = {}
    for first in range(0, len(wheres), CONDITIONS_AT_ONCE):
        found |= reckon(reduce(or_, wheres[first : first + CONDITIONS_AT_ONCE]))
    return found
