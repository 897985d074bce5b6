"""How both parties make the service known (art. 3-1 and 3-2), counted from the communication log."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from escale.apps.communication.models import CommunicationAction
from escale.apps.conventions.many import among
from escale.apps.obligations.spans import Span
from escale.core.convention.dates import ONE_DAY, add_months
from escale.core.convention.parties import Party

FIRST_MONTHS = 3
"""Art. 3-1 and 3-2 set no delay: the first action is awaited within three months of the effect, then one each year."""
YEAR = 12
LOOKED_BACK = dt.timedelta(days=2 * 366)
"""The year that runs, and the one before: whether something is late never depends on more."""

Days = Sequence[dt.date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Communicated:
    """The days of the actions that stand: of each commune, of each EPCI for everyone, of each EPCI for some communes."""

    by_commune: Mapping[int, Days]
    for_all: Mapping[int, Days]
    for_some: Mapping[tuple[int, int], Days]

    def days(self, party: Party, epci: int, commune: int) -> list[dt.date]:
        """Return the days on which a party told the people of a commune."""
        if party is Party.COMMUNE:
            return list(self.by_commune.get(commune, ()))
        return [*self.for_all.get(epci, ()), *self.for_some.get((epci, commune), ())]


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The year of a convention in which a day falls: its days, when its action is due, and the due of the year before."""

    span: Span
    due: dt.date
    before: Span | None
    due_before: dt.date | None


def communicated(communes: Collection[int], epcis: Collection[int], on: dt.date) -> Communicated:
    """Return the actions that count on a day; two queries, whatever the number of conventions."""
    rows = CommunicationAction.objects.standing().between(on - LOOKED_BACK, on).order_by()
    by_commune: defaultdict[int, list[dt.date]] = defaultdict(list)
    for commune, day in rows.filter(among(list(communes), "commune"), party=Party.COMMUNE.value).values_list("commune", "day"):
        by_commune[commune].append(day)
    for_all: defaultdict[int, list[dt.date]] = defaultdict(list)
    for_some: defaultdict[tuple[int, int], list[dt.date]] = defaultdict(list)
    of_epcis = rows.filter(among(list(epcis), "epci"), party=Party.EPCI.value)
    for epci, concerned, day in of_epcis.values_list("epci", "communes", "day"):
        if concerned is None:
            for_all[epci].append(day)
        else:
            for_some[epci, concerned].append(day)
    return Communicated(by_commune=by_commune, for_all=for_all, for_some=for_some)


@lru_cache(maxsize=4096)
def year_of(effect: dt.date, on: dt.date) -> Year:
    """Return the year, counted from the effect, in which a day not before it falls; an anniversary ends its year."""
    number = 0
    while add_months(effect, YEAR * (number + 1)) < on:
        number += 1
    span = _year(effect, number)
    if number == 0:
        return Year(span=span, due=add_months(effect, FIRST_MONTHS), before=None, due_before=None)
    due_before = add_months(effect, FIRST_MONTHS if number == 1 else YEAR * number)
    return Year(span=span, due=add_months(effect, YEAR * (number + 1)), before=_year(effect, number - 1), due_before=due_before)


def _year(effect: dt.date, number: int) -> Span:
    first = add_months(effect, YEAR * number)
    return first + ONE_DAY if number else first, add_months(effect, YEAR * (number + 1))
