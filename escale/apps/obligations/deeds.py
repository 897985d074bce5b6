"""What both parties did up to a day, read at once: missions, coordination, workshops, urgencies, meetings, disputes."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Count, Q, QuerySet

from escale.apps.activity.tables import Distribution, table_by_commune
from escale.apps.communication.models import CoordinationAction
from escale.apps.conventions.many import among
from escale.apps.conventions.models import Litige
from escale.apps.obligations.cases import Case
from escale.apps.obligations.hanging import dispute_state_on
from escale.apps.obligations.models import Attendance
from escale.apps.urgencies.models import Request
from escale.apps.visits.models import Point, Visit
from escale.apps.workshops.models import Workshop, WorkshopQuerySet
from escale.core.activity.figures import Table
from escale.core.calendar.halfdays import Half, Weekday, Window
from escale.core.calendar.months import Month
from escale.core.convention.cycles.dispute import DisputeState
from escale.core.convention.dates import ONE_DAY, add_months
from escale.core.planning.readings import WINDOWS, Reading
from escale.core.urgencies.life import UrgencyState
from escale.core.visits.life import PointKind
from escale.core.workshops.states import WorkshopState

YEAR = 12
MISSED = (PointKind.MEDIATOR_ABSENT.value, PointKind.MEDIATOR_LATE.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coordination:
    """An action of coordination that stands: its day, its missions, the communes that it names (none: all of them)."""

    day: dt.date
    missions: Sequence[str]
    communes: frozenset[int]

    def concerns(self, commune: int) -> bool:
        """Whether it was done for a commune."""
        return not self.communes or commune in self.communes


@dataclass(frozen=True, slots=True, kw_only=True)
class Deeds:
    """What was done, by commune, or by EPCI where it says so; counts are of the twelve months up to the day.

    `hosted` and `open_to` count workshops (all, in a place that the commune gives; all, with a tool that has its reason);
    `asked` counts urgencies and those without an answer yet; `owed` half-days to make up for, `missed` points of the file about
    the mediator, `out_of_hours` half-days at hours that art. 4 excepts; `coordinated` is by EPCI, of all time, the latest first.
    """

    missions: Mapping[int, Distribution]
    coordinated: Mapping[int, Sequence[Coordination]]
    hosted: Mapping[int, tuple[int, int]]
    open_to: Mapping[int, tuple[int, int]]
    asked: Mapping[int, tuple[int, int]]
    owed: Mapping[int, int]
    missed: Mapping[int, int]
    out_of_hours: Mapping[int, int]
    met: Mapping[int, Sequence[tuple[dt.date, bool]]]
    disputes: Mapping[int, Sequence[DisputeState]]


def deeds_of(cases: Collection[Case], on: dt.date) -> Deeds:
    """Return what was done up to a day; the number of queries is the same for one convention and for a country."""
    communes, epcis = sorted({case.commune for case in cases}), sorted({case.epci for case in cases})
    first_month, last_month = twelve_months(on)
    return Deeds(
        missions=table_by_commune(Table.MISSIONS, epcis, communes, first_month, last_month),
        coordinated=_coordinated(epcis, on),
        hosted=_hosted(communes, on),
        open_to=_open_to(communes, on),
        asked=_asked(communes, on),
        owed=_count(Visit.objects.filter(among(communes, "commune"), date__lte=on).owed(), "commune"),
        missed=_missed(communes, on),
        out_of_hours=_out_of_hours(communes, on),
        met=_met(communes, on),
        disputes=_disputes([case.convention for case in cases], on),
    )


@lru_cache(maxsize=64)
def since(on: dt.date) -> dt.date:
    """Return the first of the twelve months before a day."""
    return add_months(on, -YEAR) + ONE_DAY


def twelve_months(on: dt.date) -> tuple[Month, Month]:
    """Return the last twelve whole months: activities are counted by month."""
    month = Month.of(on)
    last = month if on == month.last else month.previous
    first = last
    for _ in range(YEAR - 1):
        first = first.previous
    return first, last


def _coordinated(epcis: list[int], on: dt.date) -> dict[int, list[Coordination]]:
    rows = CoordinationAction.objects.standing().filter(among(epcis, "epci"), day__lte=on).order_by("-day", "-pk")
    named: defaultdict[int, set[int]] = defaultdict(set)
    through = CoordinationAction.communes.through.objects.filter(among(epcis, "coordinationaction__epci"))
    for action, commune in through.values_list("coordinationaction", "commune"):
        named[action].add(commune)
    found: defaultdict[int, list[Coordination]] = defaultdict(list)
    for key, epci, day, missions in rows.values_list("pk", "epci", "day", "missions"):
        found[epci].append(Coordination(day=day, missions=missions, communes=frozenset(named.get(key, ()))))
    return found


def _hosted(communes: list[int], on: dt.date) -> dict[int, tuple[int, int]]:
    rows = _workshops(on).filter(among(communes, "host")).order_by().values_list("host")
    counted = rows.annotate(Count("pk"), inside=Count("pk", filter=Q(premises__isnull=False)))
    return {commune: (count, inside) for commune, count, inside in counted}


def _open_to(communes: list[int], on: dt.date) -> dict[int, tuple[int, int]]:
    rows = _workshops(on).filter(among(communes, "communes")).order_by().values_list("communes")
    counted = rows.annotate(Count("pk"), excepted=Count("pk", filter=~Q(other_tool="")))
    return {commune: (count, excepted) for commune, count, excepted in counted}


def _workshops(on: dt.date) -> WorkshopQuerySet:
    announced = (WorkshopState.OPEN.value, WorkshopState.HELD.value)
    return Workshop.objects.filter(state__in=announced, date__range=(since(on), on))


def _asked(communes: list[int], on: dt.date) -> dict[int, tuple[int, int]]:
    rows = Request.objects.filter(among(communes, "commune"), asked_at__date__range=(since(on), on))
    asked = rows.exclude(state=UrgencyState.WITHDRAWN.value, answered_at=None).order_by().values_list("commune")
    unanswered = Q(answered_at__isnull=True, closed_at__isnull=True) | Q(answered_at__date__gt=on)
    counted = asked.annotate(Count("pk"), waiting=Count("pk", filter=unanswered))
    return {commune: (count, waiting) for commune, count, waiting in counted}


def _missed(communes: list[int], on: dt.date) -> dict[int, int]:
    rows = Point.objects.filter(among(communes, "visit__commune"), kind__in=MISSED, evidence_at__date__lte=on)
    return _count(rows.filter(visit__date__range=(since(on), on)), "visit__commune")


def _out_of_hours(communes: list[int], on: dt.date) -> dict[int, int]:
    excepted = Q()
    for half, days in _excepted_days(on).items():
        excepted |= Q(half=half, date__in=days)
    return _count(Visit.objects.filter(excepted, among(communes, "commune")).standing(), "commune")


@lru_cache(maxsize=64)
def _excepted_days(on: dt.date) -> Mapping[str, Sequence[dt.date]]:
    """Return the days of twelve months that art. 4 excepts under every reading: Monday, Wednesday morning, the weekend."""
    days = [on - dt.timedelta(days=number) for number in range((on - since(on)).days + 1)]
    windows = WINDOWS[Reading.R1]
    return {
        half.value: [day for day in days if Window(weekday=Weekday(day.weekday()), half=half) not in windows] for half in Half
    }


def _met(communes: list[int], on: dt.date) -> dict[int, list[tuple[dt.date, bool]]]:
    """Return the meetings of follow-up to which each commune was invited, the oldest first, and whether it took part."""
    found: defaultdict[int, list[tuple[dt.date, bool]]] = defaultdict(list)
    rows = Attendance.objects.filter(among(communes, "commune"), day__lte=on).order_by("day")
    for commune, day, took_part in rows.values_list("commune", "day", "took_part"):
        found[commune].append((day, took_part))
    return found


def _disputes(conventions: list[int], on: dt.date) -> dict[int, list[DisputeState]]:
    """Return where each dispute that is open on the day stands, by convention."""
    found: defaultdict[int, list[DisputeState]] = defaultdict(list)
    rows = Litige.objects.filter(among(conventions, "convention"), opened_on__lte=on).prefetch_related("steps")
    for litige in rows:
        if (state := dispute_state_on(litige, on)) is not DisputeState.CLOSED:
            found[litige.convention_id].append(state)
    return found


def _count(rows: QuerySet[Any], by: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(by).annotate(Count("pk")))
