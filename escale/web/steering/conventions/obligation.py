"""One obligation over the whole territory: with which communes it is kept, and what shows it, on any day."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from escale.apps.activity.labels import MISSIONS
from escale.apps.activity.tables import table_by_commune
from escale.apps.audit.actors import require
from escale.apps.communication.models import CommunicationAction, CoordinationAction
from escale.apps.communication.queries import ActionLine, CoordinationLine, action_lines, coordination_lines
from escale.apps.conventions.models import Convention
from escale.apps.obligations.deeds import since, twelve_months
from escale.apps.obligations.kept import Kept
from escale.apps.obligations.labels import STATUSES
from escale.apps.territory import clock
from escale.apps.territory.models import Commune
from escale.core.activity.figures import Table
from escale.core.activity.vocabulary import Mission
from escale.core.calendar.months import Month
from escale.core.convention.obligations import BY_ID, OBLIGATIONS, Obligation
from escale.core.convention.parties import Party
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.conventions.as_of import as_of
from escale.web.steering.conventions.duties import ORDER, TONES, counts_of
from escale.web.steering.conventions.obligations import bound_on, together

COMMUNICATED, COORDINATED, SERVED = ("C-3.1-4", "C-3.2-10"), ("C-3.2-3", "C-3.2-4"), "C-3.2-4"
LINES_SHOWN = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """How the obligation stands with one commune."""

    convention: Convention
    status: str
    tone: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A mission: how many activities of the communes are tied to it, how many actions of coordination."""

    words: str
    activities: int
    coordination: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Missions:
    """The missions over twelve months; their sum may exceed the total. `modern` are the communes of M3, never counted."""

    first: Month
    last: Month
    activities: int
    served: Sequence[Served]
    modern: Sequence[Commune]


@require_safe
@enter(Journey.STEERING)
def show_obligation(request: HttpRequest, visitor: Visitor, key: str) -> HttpResponse:
    """Show one obligation with each commune, what needs someone first."""
    require(visitor.user, "obligations.see", visitor.epci)
    obligation = BY_ID.get(key)
    if obligation is None:
        raise Http404
    form, today = as_of(request, clock.today(visitor.epci))
    bound, kept = bound_on(visitor, today)
    place = OBLIGATIONS.index(obligation)
    lines = [(row, kept[row.pk][place]) for row in bound]
    told, coordination = {one.told for _, one in lines}, _coordination(visitor, obligation, today)
    seen = {
        "visitor": visitor,
        "form": form,
        "today": today,
        "words": obligation.words,
        "article": f"art. {obligation.article}",
        "owed_by": str(visitor.epci) if obligation.party is Party.EPCI else "chaque commune",
        "sentence": together(one for _, one in lines),
        "counts": counts_of([one for _, one in lines]),
        "cases": _cases(lines),
        "same": told.pop() if len(lines) > 1 and len(told) == 1 else "",
        "coordination": coordination,
        "communication": _communication(visitor, obligation, today),
        "missions": _missions(bound, coordination, today) if obligation.id == SERVED else None,
    }
    return render(request, "steering/conventions/territory_obligation.html", seen)


def _cases(lines: Iterable[tuple[Convention, Kept]]) -> list[Case]:
    ordered = sorted(lines, key=lambda line: (ORDER.index(line[1].status), line[0].commune.sort_key))
    return [
        Case(convention=row, status=STATUSES[one.status], tone=TONES.get(one.status, ""), told=one.told) for row, one in ordered
    ]


def _coordination(visitor: Visitor, obligation: Obligation, today: dt.date) -> list[CoordinationLine]:
    """Return what the EPCI did to coordinate in the twelve months up to the day, where it shows how the obligation is kept."""
    if obligation.id not in COORDINATED:
        return []
    rows = CoordinationAction.objects.visible_to(visitor.user).filter(epci=visitor.epci)
    return coordination_lines(rows.standing().filter(day__range=(since(today), today)))


def _communication(visitor: Visitor, obligation: Obligation, today: dt.date) -> list[ActionLine]:
    """Return what the party did to make the service known in the same months."""
    if obligation.id not in COMMUNICATED:
        return []
    rows = CommunicationAction.objects.visible_to(visitor.user).filter(epci=visitor.epci, party=obligation.party.value)
    return action_lines(rows.standing().between(since(today), today)[:LINES_SHOWN])


def _missions(bound: Sequence[Convention], coordination: Iterable[CoordinationLine], on: dt.date) -> Missions:
    first, last = twelve_months(on)
    communes = [row.commune_id for row in bound]
    found = table_by_commune(Table.MISSIONS, {row.epci_id for row in bound}, communes, first, last) if bound else {}
    activities = sum((one.counts for one in found.values()), Counter[str]())
    noted = Counter(mission for line in coordination for mission in line.action.mission_set)
    modern = [row.commune for row in bound if row.commune_id in found and found[row.commune_id].counts[Mission.MODERN_COMMUNES]]
    return Missions(
        first=first,
        last=last,
        activities=sum(one.activities for one in found.values()),
        served=[Served(words=words, activities=activities[one], coordination=noted[one]) for one, words in MISSIONS.items()],
        modern=modern,
    )
