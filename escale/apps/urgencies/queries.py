"""What the evaluation asks about urgencies: how many, how soon answered and solved, and what became of them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from escale.apps.audit.actors import Actor
from escale.apps.territory import clock
from escale.apps.territory.models import Epci
from escale.apps.urgencies.models import Request, Step
from escale.apps.urgencies.opening import Opening, opening_of
from escale.core.urgencies.calling import median
from escale.core.urgencies.life import Matter, OutOfScope, StepKind, UrgencyState


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgencyCounts:
    """The urgencies of a period. Minutes run from the request, in hours of service alone: no night, no week-end, no holiday."""

    asked: int
    by_matter: Mapping[Matter, int]
    answered: int
    answered_same_day: int
    solved: int
    turned_away: Mapping[OutOfScope, int]
    withdrawn: int
    passed_on: int
    with_coordination: int
    first_answer: int | None
    solution: int | None
    hours: str


def urgency_counts(actor: Actor, epci: Epci, first: dt.date, last: dt.date) -> UrgencyCounts:
    """Return the counts of the requests of a period, both civil days included."""
    zone = clock.moment(epci).tzinfo
    since = dt.datetime.combine(first, dt.time.min, tzinfo=zone)
    until = dt.datetime.combine(last + dt.timedelta(days=1), dt.time.min, tzinfo=zone)
    rows = list(Request.objects.visible_to(actor).filter(epci=epci).asked_between(since, until))
    steps = Counter(Step.objects.filter(request__in=[row.pk for row in rows]).values_list("kind", flat=True))
    answered = [row for row in rows if row.answered_at]
    opening = opening_of(epci, first, max(last, clock.today(epci)))
    return UrgencyCounts(
        asked=len(rows),
        by_matter={matter: sum(row.matter == matter for row in rows) for matter in Matter},
        answered=len(answered),
        answered_same_day=sum(_day(row.answered_at, zone) == _day(row.asked_at, zone) for row in answered),
        solved=sum(row.solved_at is not None for row in rows),
        turned_away={reason: sum(row.out_of_scope == reason for row in rows) for reason in OutOfScope},
        withdrawn=sum(row.state == UrgencyState.WITHDRAWN for row in rows),
        passed_on=steps[StepKind.PASSED_ON.value],
        with_coordination=steps[StepKind.ESCALATED.value],
        first_answer=_median(opening, ((row.asked_at, row.answered_at) for row in rows)),
        solution=_median(opening, ((row.asked_at, row.solved_at) for row in rows)),
        hours=opening.words,
    )


def _median(opening: Opening, times: Iterable[tuple[dt.datetime, dt.datetime | None]]) -> int | None:
    return median([minutes for start, end in times if (minutes := opening.minutes(start, end)) is not None])


def _day(at: dt.datetime | None, zone: dt.tzinfo | None) -> dt.date | None:
    return at.astimezone(zone).date() if at else None
