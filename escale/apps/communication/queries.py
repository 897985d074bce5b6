"""What is read of the communication log: lines to show, and how many communes noted something in a year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from escale.apps.activity.labels import MISSIONS
from escale.apps.communication.labels import medium_words
from escale.apps.communication.models import ActionQuerySet, CommunicationAction, CoordinationAction, CoordinationQuerySet
from escale.apps.conventions.models import Convention
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.authors import authors_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLine:
    """An action as it is shown; `concerned` names communes, empty when it concerns its commune or all of them."""

    action: CommunicationAction
    medium: str
    author: str
    concerned: Sequence[Commune]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoordinationLine:
    """An action of coordination as it is shown; `concerned` names communes, empty when it concerns all of them."""

    action: CoordinationAction
    author: str
    concerned: Sequence[Commune]
    missions: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommuneYear:
    """A commune whose convention is in force, and what it noted in a year: how many actions, and the last day of one."""

    commune: Commune
    count: int
    last: dt.date | None


def action_lines(actions: ActionQuerySet) -> list[ActionLine]:
    """Return actions as lines, in their order: as many queries for one as for many."""
    rows = list(actions.select_related("epci", "commune", "proof").prefetch_related("communes"))
    authors = authors_of(row.written_by_actor for row in rows)
    return [
        ActionLine(
            action=row,
            medium=medium_words(row),
            author=authors[row.written_by_actor],
            concerned=list(row.communes.all()),
        )
        for row in rows
    ]


def coordination_lines(actions: CoordinationQuerySet) -> list[CoordinationLine]:
    """Return actions of coordination as lines, in their order: as many queries for one as for many."""
    rows = list(actions.select_related("epci", "proof").prefetch_related("communes"))
    authors = authors_of(row.written_by_actor for row in rows)
    return [
        CoordinationLine(
            action=row,
            author=authors[row.written_by_actor],
            concerned=list(row.communes.all()),
            missions=[words for mission, words in MISSIONS.items() if mission in row.mission_set],
        )
        for row in rows
    ]


def communes_in_year(epci: Epci, today: dt.date) -> list[CommuneYear]:
    """Return the communes whose convention binds today, and what each noted since the first of January."""
    binding = Convention.objects.filter(epci=epci, notified_on__lte=today, abandoned_on=None).exclude(ends_on__lt=today)
    communes = Commune.objects.filter(pk__in=binding.values("commune")).defer("outline")
    noted: dict[int, list[dt.date]] = {}
    rows = CommunicationAction.objects.standing().between(dt.date(today.year, 1, 1), today).filter(epci=epci)
    for key, day in rows.exclude(commune=None).order_by("day").values_list("commune", "day"):
        noted.setdefault(key, []).append(day)
    return [
        CommuneYear(commune=one, count=len(days := noted.get(one.pk, [])), last=days[-1] if days else None) for one in communes
    ]
