"""The half-days of a period in the communes: what was due, what was proposed, what became of each (art. 4)."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from escale.apps.evaluation.figures import VisitLine
from escale.apps.obligations.cases import Case
from escale.apps.obligations.promised import first_month_due
from escale.apps.territory.models import Epci
from escale.apps.visits.labels import CAUSES
from escale.apps.visits.models import Cancellation, Visit
from escale.core.calendar.french import date_words
from escale.core.calendar.months import Month
from escale.core.calendar.periods import Period
from escale.core.visits.life import Cause, VisitState
from escale.core.visits.promises import Tally, counted, tallies_of

CHECKS = ("was_opened", "was_heated", "had_private_office", "had_room", "had_power")
"""What the mediator looks at in a place that the commune owes (art. 3-1 and 7); no article promises a network."""
ENDS = {VisitState.REFUSED: "refused", VisitState.WAIVED: "waived"}


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfDays:
    """The half-days of one commune: those of the period, and by month of the promise how many were proposed and held."""

    lines: tuple[VisitLine, ...] = ()
    proposed: Mapping[str, int]
    held: Mapping[str, int]
    counts: Mapping[str, int]


NONE = HalfDays(proposed={}, held={}, counts={})


def half_days_of(epci: Epci, communes: Collection[int], period: Period, on: dt.date) -> dict[int, HalfDays]:
    """Return the half-days of a period by commune, in one query; those without any are left out.

    A half-day is of the period by its date, or by the month whose promise it keeps: a make-up is told in both.
    """
    months = [str(month) for month in period.months]
    found = visits_of(epci, period.months, communes)
    return {commune: _told(visits, months, period, on) for commune, visits in found.items()}


def visits_of(epci: Epci, months: Sequence[Month], communes: Collection[int] | None = None) -> dict[int, list[Visit]]:
    """Return by commune the half-days of months that follow each other, in one query: of the whole territory, or of some."""
    rows = Visit.objects.filter(epci=epci) if communes is None else Visit.objects.filter(epci=epci, commune__in=communes)
    rows = rows.filter(Q(date__range=(months[0].first, months[-1].last)) | Q(for_month__in=[str(month) for month in months]))
    found: defaultdict[int, list[Visit]] = defaultdict(list)
    for visit in rows.select_related("cancellation", "holding").order_by("date", "half", "pk"):
        found[visit.commune_id].append(visit)
    return dict(found)


def due_months(case: Case | None, months: Iterable[Month], on: dt.date) -> Sequence[str]:
    """Return the months, begun by a day, that owe a half-day: whole months in force, as the terms say (art. 4)."""
    if case is None or case.effect is None or case.abandoned_on is not None:
        return []
    first = first_month_due(case, case.effect)
    last = min(on, case.ends_on) if case.ends_on else on
    begun = [month for month in months if month.first <= last and str(month) >= first]
    # A month that the end of the convention cuts short owes nothing.
    return [str(month) for month in begun if case.ends_on is None or month.last <= case.ends_on]


def _told(visits: Sequence[Visit], months: Collection[str], period: Period, on: dt.date) -> HalfDays:
    promised = [visit for visit in visits if visit.for_month in months]
    dated = [visit for visit in visits if period.first <= visit.date <= period.last]
    tallied = [(visit.for_month, tallies(visit)) for visit in promised]
    counts = counted(some for _, some in tallied)
    counts["moved"] = sum(visit.stands and visit.was_moved for visit in promised)
    counts["untold"] = sum(is_untold(visit, on) for visit in dated)
    counts.update(_found(dated))
    return HalfDays(
        lines=tuple(_line(visit, on) for visit in dated if visit.stands or end_of(visit) is not None),
        proposed=Counter(month for month, some in tallied if Tally.PROPOSED in some),
        held=Counter(month for month, some in tallied if Tally.HELD in some),
        counts={name: count for name, count in counts.items() if count},
    )


def tallies(visit: Visit) -> frozenset[Tally]:
    """Return what a half-day counts as in the promise of art. 4; nothing when a new tour took it away."""
    end = end_of(visit)
    side, is_owed = (end.side, end.is_owed) if end is not None else (None, False)
    return tallies_of(visit.state, side, is_owed=is_owed, is_make_up=visit.makes_up_id is not None)


def _found(visits: Iterable[Visit]) -> Counter[str]:
    """Count the hours that were held, and what was looked at in the places; what nobody looked at is not counted."""
    counts = Counter[str]()
    for visit in visits:
        holding = getattr(visit, "holding", None)
        if visit.state != VisitState.HELD or holding is None:
            continue
        if holding.started_at and holding.ended_at:
            counts["minutes_held"] += round((holding.ended_at - holding.started_at).total_seconds() / 60)
            counts["visits_timed"] += 1
        answers = [answer for name in CHECKS if (answer := getattr(holding, name)) is not None]
        counts["checks_done"] += len(answers)
        counts["checks_right"] += sum(answers)
    return counts


def _line(visit: Visit, on: dt.date) -> VisitLine:
    end = end_of(visit)
    words = ""
    if end is not None:
        words = CAUSES[Cause(end.cause)]
    elif visit.was_moved:
        words = f"promise d’abord le {date_words(visit.origin_date)}"
    return VisitLine(date=visit.date, half=visit.half, fate=_fate(visit, end, on), words=words)


def _fate(visit: Visit, end: Cancellation | None, on: dt.date) -> str:
    if end is not None:
        return ENDS.get(VisitState(visit.state), end.side)
    if visit.state != VisitState.HELD:
        return "untold" if is_untold(visit, on) else "coming"
    if visit.makes_up_id is not None:
        return "make_up"
    return "moved" if visit.was_moved else "held"


def is_untold(visit: Visit, on: dt.date) -> bool:
    """Tell whether a half-day is past and nobody said what became of it."""
    return visit.stands and visit.state != VisitState.HELD and visit.date < on


def end_of(visit: Visit) -> Cancellation | None:
    """Return why a half-day is not held, if it is given up."""
    return getattr(visit, "cancellation", None)
