"""Who came by appointment, while their names are kept: how many different people, and how those who came back fared.

A name serves to tell people apart, and leaves nothing behind: what is returned are numbers.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from escale.apps.activity.lists import read
from escale.apps.activity.models import Record
from escale.apps.booking.models import Appointment
from escale.apps.evaluation.counting.spans import Span
from escale.apps.territory.models import Epci
from escale.apps.territory.names import normalised
from escale.core.activity.vocabulary import Autonomy, Theme
from escale.core.booking.states import AppointmentState
from escale.core.evaluation.counts import Pairs

Who = tuple[int, str]
"""The commune whose desk looks after someone, and the name as it was written there."""
ORDER = {autonomy.value: rank for rank, autonomy in enumerate((Autonomy.GUIDED, Autonomy.PARTLY, Autonomy.ALONE))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """Someone who came by appointment: where, and who it was; None once the name is forgotten."""

    commune: int
    who: Who | None
    appointment: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """How far someone went alone on a day, with each theme of what was noted."""

    commune: int
    who: Who
    date: dt.date
    themes: frozenset[Theme]
    autonomy: int


def came_of(epci: Epci, span: Span) -> list[Came]:
    """Return who came by appointment, at half-days and at the office."""
    dated = Q(visit__date__range=(span.starts, span.until)) | Q(date__range=(span.starts, span.until))
    rows = Appointment.objects.filter(dated, epci=epci, state=AppointmentState.HONOURED.value).order_by()
    if span.communes is not None:
        rows = rows.filter(span.here("visit__commune") | Q(visit=None) & span.here("asking"))
    names = ("visit__commune", "asking", "uid", "first_name", "name", "person_forgotten")
    return [
        Came(
            commune=received or asking,
            who=None if is_forgotten else (asking, normalised(f"{first_name} {name}")),
            appointment=uid,
        )
        for received, asking, uid, first_name, name, is_forgotten in rows.values_list(*names)
    ]


def persons(came: Sequence[Came]) -> int | None:
    """Return how many different people came; None once the name of one of them is forgotten (twelve months, RGPD art. 5-1 e)."""
    found = {one.who for one in came}
    return None if None in found else len(found)


def noted_of(epci: Epci, span: Span, came: Iterable[Came]) -> list[Noted]:
    """Return what was noted of those who came, in the order of the days: the link of a record lasts as long as the name."""
    whose: dict[UUID | None, Who] = {one.appointment: one.who for one in came if one.who is not None}
    rows = Record.objects.standing().filter(span.here(), epci=epci, date__range=(span.starts, span.until))
    rows = rows.filter(appointment__isnull=False).exclude(autonomy="").order_by("date", "entered_at", "pk")
    return [
        Noted(commune=commune, who=who, date=date, themes=read(themes, Theme), autonomy=ORDER[autonomy])
        for commune, uid, date, themes, autonomy in rows.values_list("commune", "appointment", "date", "themes", "autonomy")
        if (who := whose.get(uid)) is not None
    ]


def pairs(noted: Iterable[Noted]) -> Pairs | None:
    """Compare the last time with the first of whoever came back on the same theme; None when no record leads to a person.

    Whoever came back on several themes counts once: more autonomous when more of them went up than down.
    """
    by_person: defaultdict[Who, list[Noted]] = defaultdict(list)
    for one in noted:
        by_person[one.who].append(one)
    if not by_person:
        return None
    changes = [sum(steps) for some in by_person.values() if (steps := list(_steps(some)))]
    more, less = sum(change > 0 for change in changes), sum(change < 0 for change in changes)
    return Pairs(more=more, less=less, same=len(changes) - more - less)


def _steps(noted: Sequence[Noted]) -> Iterator[int]:
    """Yield for each theme that came back whether autonomy went up (1), down (−1), or not."""
    for theme in Theme:
        levels = [one.autonomy for one in noted if theme in one.themes]
        if len(levels) > 1:
            yield (levels[-1] > levels[0]) - (levels[-1] < levels[0])
