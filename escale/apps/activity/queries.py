"""What screens and the evaluation ask of activities: those of a half-day, and counts over a time."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from django.db.models import Count, Sum

from escale.apps.activity.models import Conflict, Record, Tally
from escale.apps.activity.models.records import RecordQuerySet
from escale.apps.audit.actors import Actor
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.models import Visit
from escale.core.activity.figures import Answer, Figures, Table
from escale.core.activity.vocabulary import (
    ActivityKind,
    AgeBand,
    Autonomy,
    Bound,
    Device,
    Gender,
    Mandate,
    Mission,
    Mode,
    Orientation,
    Posture,
    Procedure,
    Public,
    Status,
    TallyKind,
    Theme,
)

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitCounts:
    """The people of one half-day."""

    received: int = 0
    left: int = 0
    out_of_bounds: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityCounts:
    """What was done over a time. An activity may have several themes, missions or devices: their sums may exceed its total.

    `participations` counts each person of each activity, as La Coop does; `helped_elsewhere` those whose record is in La Coop.
    Ages, genders and statuses count people, all else activities. Whoever was not asked is in none of them.
    """

    activities: int
    participations: int
    helped_elsewhere: int
    left: int
    out_of_bounds: Mapping[Bound, int]
    minutes: int
    kinds: Mapping[ActivityKind, int]
    themes: Mapping[Theme, int]
    procedures: Mapping[Procedure, int]
    devices: Mapping[Device, int]
    missions: Mapping[Mission, int]
    modes: Mapping[Mode, int]
    publics: Mapping[Public, int]
    postures: Mapping[Posture, int]
    mandates: Mapping[Mandate, int]
    autonomies: Mapping[Autonomy, int]
    orientations: Mapping[Orientation, int]
    ages: Mapping[AgeBand, int]
    genders: Mapping[Gender, int]
    statuses: Mapping[Status, int]
    first_time: Mapping[bool, int]
    solved: Mapping[bool, int]
    took_pix: int


def activity_counts(
    actor: Actor, epci: Epci, first: dt.date, last: dt.date, *, commune: Commune | None = None, kind: ActivityKind | None = None
) -> ActivityCounts:
    """Return the counts of a period, both days included: as many questions to the database for ten records as for a million."""
    rows = Record.objects.visible_to(actor).standing().filter(epci=epci).between(first, last)
    tallies = Tally.objects.visible_to(actor).filter(epci=epci).between(first, last)
    if commune is not None:
        rows, tallies = rows.filter(commune=commune), tallies.filter(commune=commune)
    if kind is not None:
        rows = rows.filter(kind=kind.value)
    sums = rows.aggregate(activities=Count("pk"), people=Sum("people"), minutes=Sum("minutes"))
    counted = Counter[tuple[str, str]]()
    for sort, reason, total in tallies.order_by().values_list("kind", "reason").annotate(total=Sum("delta")):
        counted[sort, reason] = total
    groups = list(rows.filter(kind=ActivityKind.COLLECTIVE.value).values_list("counts", flat=True))
    return ActivityCounts(
        activities=sums["activities"],
        participations=sums["people"] or 0,
        minutes=sums["minutes"] or 0,
        helped_elsewhere=counted[TallyKind.HELPED, ""],
        left=counted[TallyKind.LEFT, ""],
        out_of_bounds={why: total for why in Bound if (total := counted[TallyKind.OUT_OF_BOUNDS, why])},
        kinds=_by(rows, "kind", ActivityKind),
        themes=_by(rows, "themes", Theme),
        procedures=_by(rows, "procedures", Procedure),
        devices=_by(rows, "devices", Device),
        missions=_by(rows, "missions", Mission),
        modes=_by(rows, "mode", Mode),
        publics=_by(rows, "public", Public),
        postures=_by(rows, "posture", Posture),
        mandates=_by(rows, "mandate", Mandate),
        autonomies=_by(rows, "autonomy", Autonomy),
        orientations=_by(rows, "orientation", Orientation),
        ages=_people(_by(rows, "age", AgeBand), groups, "ages", AgeBand),
        genders=_people(_by(rows, "gender", Gender), groups, "genders", Gender),
        statuses=_people(_by(rows, "status", Status), groups, "statuses", Status),
        first_time=_answers(rows, "is_first_time"),
        solved=_answers(rows, "is_solved"),
        took_pix=_answers(rows, "took_pix")[True],
    )


def counts_of(figures: Figures) -> ActivityCounts:
    """Return what `activity_counts` says of the same time and place, from counts that are kept by month."""

    def of(table: Table, sort: type[E]) -> dict[E, int]:
        held = figures.table(table)
        return {value: held[value] for value in sort if value in held}

    def answers(table: Table) -> dict[bool, int]:
        held = figures.table(table)
        return {True: held.get(Answer.YES, 0), False: held.get(Answer.NO, 0)}

    mandates = of(Table.MANDATES, Mandate)
    without = figures.activities - sum(mandates.values())
    return ActivityCounts(
        activities=figures.activities,
        participations=figures.participations,
        minutes=figures.minutes,
        helped_elsewhere=figures.helped_elsewhere,
        left=figures.left,
        out_of_bounds=of(Table.OUT_OF_BOUNDS, Bound),
        kinds=of(Table.KINDS, ActivityKind),
        themes=of(Table.THEMES, Theme),
        procedures=of(Table.PROCEDURES, Procedure),
        devices=of(Table.DEVICES, Device),
        missions=of(Table.MISSIONS, Mission),
        modes=of(Table.MODES, Mode),
        publics=of(Table.PUBLICS, Public),
        postures=of(Table.POSTURES, Posture),
        mandates={**({Mandate.NONE: without} if without else {}), **mandates},
        autonomies=of(Table.AUTONOMIES, Autonomy),
        orientations=of(Table.ORIENTATIONS, Orientation),
        ages=of(Table.AGES, AgeBand),
        genders=of(Table.GENDERS, Gender),
        statuses=of(Table.STATUSES, Status),
        first_time=answers(Table.FIRST_TIME),
        solved=answers(Table.SOLVED),
        took_pix=answers(Table.TOOK_PIX)[True],
    )


def records_of(actor: Actor, visits: Collection[Visit]) -> list[Record]:
    """Return the records of some half-days, the last written first."""
    rows = Record.objects.visible_to(actor).standing().filter(visit__in=visits)
    return list(
        rows.select_related("visit", "commune", "epci", "mediator").defer("commune__outline").order_by("-entered_at", "-pk")
    )


def counts_of_visits(actor: Actor, visits: Collection[Visit]) -> dict[int, VisitCounts]:
    """Return how many people each half-day saw; those without anyone are left out."""
    people = dict(
        Record.objects.visible_to(actor)
        .standing()
        .filter(visit__in=visits)
        .order_by()
        .values_list("visit")
        .annotate(total=Sum("people"))
    )
    counted = Counter[tuple[int, str]]()
    tallies = Tally.objects.visible_to(actor).filter(visit__in=visits).order_by()
    for visit, kind, total in tallies.values_list("visit", "kind").annotate(total=Sum("delta")):
        counted[visit, kind] += total
    seen = set(people) | {visit for visit, _ in counted}
    return {
        visit: VisitCounts(
            received=people.get(visit, 0) + counted[visit, TallyKind.HELPED],
            left=counted[visit, TallyKind.LEFT],
            out_of_bounds=counted[visit, TallyKind.OUT_OF_BOUNDS],
        )
        for visit in seen
    }


def conflicts_of(actor: Actor, visits: Collection[Visit]) -> list[Conflict]:
    """Return the records of some half-days of which two versions wait for a choice."""
    records = Record.objects.visible_to(actor).standing().filter(visit__in=visits)
    waiting = Conflict.objects.filter(record__in=records, settled_at__isnull=True)
    return list(waiting.select_related("record__visit", "record__commune"))


def _by(rows: RecordQuerySet, column: str, sort: type[E]) -> dict[E, int]:
    """Return how many rows hold each value of a column; a column of several values counts in each of them."""
    found = Counter[str]()
    for held, count in rows.order_by().values_list(column).annotate(count=Count("pk")):
        for value in held.split("|"):
            found[value] += count
    return {value: found[value] for value in sort if found[value]}


def _people(alone: Mapping[E, int], groups: Iterable[Mapping[str, Mapping[str, int]]], name: str, sort: type[E]) -> dict[E, int]:
    """Add the people of workshops to those who came alone."""
    found = Counter[str]({str(value): count for value, count in alone.items()})
    for counts in groups:
        found.update(counts.get(name, {}))
    return {value: found[value] for value in sort if found[value]}


def _answers(rows: RecordQuerySet, column: str) -> dict[bool, int]:
    found: dict[bool | None, int] = dict(rows.order_by().values_list(column).annotate(count=Count("pk")))
    return {True: found.get(True, 0), False: found.get(False, 0)}
