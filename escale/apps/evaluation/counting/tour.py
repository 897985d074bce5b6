"""The half-days of communes against those that art. 4 asks: what became of those due, their hours, the state of places."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Min, Q

from escale.apps.conventions.models import Convention
from escale.apps.evaluation.counting.spans import Span
from escale.apps.evaluation.halfdays import CHECKS, due_months, end_of, is_untold, tallies, visits_of
from escale.apps.obligations.cases import cases_of
from escale.apps.territory.models import Epci
from escale.apps.visits.models import Holding, Visit
from escale.core.calendar.months import Month
from escale.core.evaluation.counts import HalfDays, Ratio
from escale.core.visits.life import VisitState
from escale.core.visits.promises import Tally

FATES = (
    "held",
    "make_up_to_come",
    "coming",
    "untold",
    "refused",
    "cancelled_by_commune",
    "waived",
    "cancelled_by_service",
)
"""What may become of a half-day that was due, what the commune received first: one that is held makes good for the others."""
ENDS = frozenset({Tally.REFUSED, Tally.WAIVED, Tally.CANCELLED_BY_COMMUNE, Tally.CANCELLED_BY_SERVICE})
"""How a half-day is given up: each counts as one of these."""
EXCUSED = frozenset({"make_up_to_come", "coming", "refused", "cancelled_by_commune", "waived"})
"""What the EPCI does not owe any more, or not yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What a month owes: how many half-days, of how many minutes."""

    count: int
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tour:
    """What was counted of one commune. `fates` are of the half-days due; `met` are half-days held by their date.

    `checks` are visits whose place was looked at; `right` those where all that was looked at was there. `quarters` in which the
    commune was owed a half-day, `visited` those in which it had one.
    """

    fates: Counter[str] = field(default_factory=Counter)
    met: int = 0
    checks: int = 0
    right: int = 0
    quarters: int = 0
    visited: int = 0


def tours_of(epci: Epci, span: Span) -> dict[int, Tour] | None:
    """Return what was counted by commune; None when the tour of these months is not kept here."""
    begins = Visit.objects.filter(epci=epci).aggregate(first=Min("for_month"))["first"]
    if begins is None or begins > str(span.last):
        return None
    due = _due(epci, span, begins)
    visits = visits_of(epci, span.months, span.communes)
    return {key: _tour(visits.get(key, ()), due.get(key, {}), span) for key in sorted({*due, *visits})}


def half_days(tours: Iterable[Tour]) -> HalfDays:
    """Return the half-days of some communes together."""
    found = sum((tour.fates for tour in tours), Counter[str]())
    names = (*FATES, "due", "proposed", "force_majeure")
    return HalfDays(**{name: found[name] for name in names})


def minutes_due(tours: Iterable[Tour]) -> int:
    """Return the minutes of presence that are due by now, as the conventions write them."""
    return sum(tour.fates["minutes_due"] for tour in tours)


def minutes_held(tours: Sequence[Tour]) -> int | None:
    """Return the minutes of the half-days that were held; None when nobody wrote the hours of any."""
    found = sum((tour.fates for tour in tours), Counter[str]())
    return None if found["held"] and not found["timed"] else found["minutes_held"]


def premises(tours: Sequence[Tour]) -> Ratio | None:
    """Return the places that were as promised, of those that were looked at (F6)."""
    whole = sum(tour.checks for tour in tours)
    return Ratio(part=sum(tour.right for tour in tours), whole=whole) if whole else None


def communes_visited(tours: Sequence[Tour]) -> Ratio:
    """Return the communes that had a half-day in each quarter in which one was owed, of those that were owed one (N5)."""
    owed = [tour for tour in tours if tour.quarters]
    return Ratio(part=sum(tour.visited == tour.quarters for tour in owed), whole=len(owed))


def _due(epci: Epci, span: Span, begins: str) -> dict[int, dict[str, Due]]:
    """Return what each month owes each commune, from the first one whose tour is kept here."""
    rows = Convention.objects.filter(span.here(), epci=epci, notified_on__lte=span.until, abandoned_on=None)
    rows = rows.filter(Q(ends_on=None) | Q(ends_on__gte=span.starts)).order_by("notified_on", "pk")
    found: defaultdict[int, dict[str, Due]] = defaultdict(dict)
    for case in cases_of(rows, span.until):
        terms = case.terms
        for month in due_months(case, span.months, span.on):
            if month >= begins:
                found[case.commune][month] = Due(count=terms.sessions_per_month, minutes=terms.session_minutes)
    return dict(found)


def _tour(visits: Sequence[Visit], due: Mapping[str, Due], span: Span) -> Tour:
    by_month: defaultdict[str, list[Visit]] = defaultdict(list)
    for visit in visits:
        by_month[visit.for_month].append(visit)
    fates = Counter[str]()
    for month, owed in due.items():
        fates.update(_month(by_month[month], owed, span.on))
    held = [visit for visit in visits if _is_held(visit, span.on) and span.starts <= visit.date <= span.until]
    looked = [answers for visit in held if (answers := _answers(visit))]
    seen = {Month.of(visit.date) for visit in held}
    owing = [quarter for quarter in span.quarters if any(str(month) in due for month in quarter)]
    return Tour(
        fates=fates,
        met=len(held),
        checks=len(looked),
        right=sum(all(answers) for answers in looked),
        quarters=len(owing),
        visited=sum(not seen.isdisjoint(quarter) for quarter in owing),
    )


def _month(visits: Iterable[Visit], owed: Due, on: dt.date) -> Counter[str]:
    """Count what became of the half-days that one month owes; what was held beyond them makes good for no other month."""
    kept = [visit for visit in visits if tallies(visit)]
    told = sorted(((_fate(visit, on), visit) for visit in kept), key=lambda one: FATES.index(one[0]))
    taken = told[: owed.count]
    found = Counter(fate for fate, _ in taken)
    offered = sum(Tally.PROPOSED in tallies(visit) and fate != Tally.WAIVED for fate, visit in told)
    found["due"] = owed.count
    found["proposed"] = min(offered, owed.count - found["waived"])
    found["force_majeure"] = sum((end := end_of(visit)) is not None and end.force_majeure for _, visit in taken)
    found["minutes_due"] = owed.minutes * (owed.count - sum(found[fate] for fate in EXCUSED))
    for fate, visit in taken:
        if fate == "held" and (minutes := _minutes(visit)) is not None:
            found["timed"] += 1
            found["minutes_held"] += minutes
    return found


def _fate(visit: Visit, on: dt.date) -> str:
    for end in ENDS.intersection(tallies(visit)):
        return end.value
    if _is_held(visit, on):
        return "held"
    if is_untold(visit, on):
        return "untold"
    return "make_up_to_come" if visit.makes_up_id is not None else "coming"


def _is_held(visit: Visit, on: dt.date) -> bool:
    return visit.state == VisitState.HELD and visit.date <= on


def _minutes(visit: Visit) -> int | None:
    holding: Holding | None = getattr(visit, "holding", None)
    if holding is None or not (holding.started_at and holding.ended_at):
        return None
    return round((holding.ended_at - holding.started_at).total_seconds() / 60)


def _answers(visit: Visit) -> list[bool]:
    """Return what was looked at in the place; what nobody looked at is not in it."""
    holding = getattr(visit, "holding", None)
    return [answer for name in CHECKS if (answer := getattr(holding, name, None)) is not None]
