"""The tour that stands: what is published for some months, whatever plans it comes from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Q

from escale.apps.schedule.drafts import tour_of
from escale.apps.schedule.models import Plan, PlannedVisit, Publication
from escale.apps.territory.models import Epci
from escale.core.calendar.months import Month
from escale.core.planning.plan import MakeUp
from escale.core.planning.plan import Plan as Tour
from escale.core.planning.problem import Problem
from escale.core.planning.repair.make_ups import WITHIN_MONTHS


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Published months that follow each other, by the publication of each."""

    publications: dict[Month, Publication]

    @property
    def months(self) -> tuple[Month, ...]:
        """The months, in order."""
        return tuple(sorted(self.publications))

    @property
    def keys(self) -> list[int]:
        """What names this state: it is another one as soon as a month is published again."""
        return [self.publications[month].pk for month in self.months]

    @property
    def tour(self) -> Tour:
        """The visits of the months, each as the plan of its publication has it."""
        parts = Q(pk__in=())
        for month, publication in self.publications.items():
            parts |= Q(plan=publication.plan_id, date__range=(month.first, month.last))
        return tour_of(PlannedVisit.objects.filter(parts).prefetch_related("commune", "post"))

    def plan_of(self, month: Month) -> Plan:
        """Return the plan that is published for a month."""
        return self.publications[month].plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """A visit that a published month leaves out (art. 4): why, and when it is made up."""

    name: str
    month: Month
    reason: str
    make_ups: tuple[MakeUp, ...]


def standing_around(epci: Epci, months: Iterable[Month]) -> Standing | None:
    """Return what is published around some months: their civil years, and the months of make-ups; None when one is not published.

    Usual days are those of a year: a repair looks at whole years, though few of their months change.
    """
    asked = sorted(months)
    reach = Month(asked[0].year, 1), _later(Month(asked[-1].year, 12), WITHIN_MONTHS)
    current = Publication.objects.filter(epci=epci).current().filter(month__range=tuple(map(str, reach)))
    known = {Month.parse(row.month): row for row in current.select_related("plan__epci")}
    if not set(asked) <= known.keys():
        return None
    first, last = asked[0], asked[-1]
    while first.previous in known:
        first = first.previous
    while last.next in known:
        last = last.next
    return Standing(publications={month: known[month] for month in first.until(last)})


def published_months(epci: Epci) -> list[Month]:
    """Return the months that are published, in order."""
    return sorted(Month.parse(month) for month in Publication.objects.filter(epci=epci).current().values_list("month", flat=True))


def standing_from(epci: Epci, day: dt.date) -> Standing:
    """Return all that is published from the month of a day on."""
    current = Publication.objects.filter(epci=epci, month__gte=str(Month.of(day))).current()
    return Standing(publications={Month.parse(row.month): row for row in current.select_related("plan__epci")})


def shortfalls(standing: Standing) -> list[Shortfall]:
    """Return the visits that published months leave out, with the make-ups that are promised for them."""
    promised: dict[tuple[str, str], list[MakeUp]] = {}
    for make_up in standing.tour.make_ups:
        promised.setdefault((make_up.commune, str(make_up.for_month)), []).append(make_up)
    return [
        Shortfall(
            name=item["name"],
            month=month,
            reason=item["reason"],
            make_ups=tuple(promised.get((item["commune"], item["month"]), ())),
        )
        for month in standing.months
        for item in standing.plan_of(month).figures.get("unserved", ())
        if item["month"] == str(month)
    ]


def lived(problem: Problem, today: dt.date) -> Problem:
    """Return the problem without what was written down about days that are over: a visit that was held is not lost again."""
    return problem.with_changes(
        mediators=tuple(replace(one, away=frozenset(day for day in one.away if day >= today)) for one in problem.mediators),
        communes=tuple(
            replace(
                one,
                closed=frozenset(day for day in one.closed if day >= today),
                shut=frozenset((day, half) for day, half in one.shut if day >= today),
            )
            for one in problem.communes
        ),
    )


def _later(month: Month, number: int) -> Month:
    for _ in range(number):
        month = month.next
    return month
