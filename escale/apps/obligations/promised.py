"""The half-days that art. 4 promises: what was proposed, held and given up for each month due, on any day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils import timezone

from escale.apps.conventions.many import among
from escale.apps.obligations.cases import Case
from escale.apps.obligations.kept import NOT_MEASURED_WORDS, Kept, Status
from escale.apps.visits.models import Visit
from escale.core.calendar.french import month_words
from escale.core.calendar.months import Month
from escale.core.convention.dates import ONE_DAY
from escale.core.convention.obligations import BY_ID
from escale.core.visits.life import STANDING, VisitState
from escale.core.visits.promises import Promises, Tally, counted, tallies_of

if TYPE_CHECKING:
    from escale.apps.obligations.facts import Facts

MONTHLY = BY_ID["C-4-1"]
NAMED_MONTHS = 3
"""How many missing months are named; the others are counted."""

Months = Mapping[str, Sequence[frozenset[Tally]]]
"""What each half-day of each month counts as."""


def promised(communes: Collection[int], on: dt.date) -> dict[int, Months]:
    """Return what became of the half-days promised for each month up to that of a day, by commune, in one query.

    What was given up after the day still stood then; what was held after it was still ahead.
    """
    after = timezone.make_aware(dt.datetime.combine(on + ONE_DAY, dt.time.min))
    rows = Visit.objects.filter(among(list(communes), "commune"), for_month__lte=f"{on:%Y-%m}").order_by()
    read = rows.annotate(
        makes_good=_is(Q(makes_up__isnull=False)),
        is_past=_is(Q(date__lte=on)),
        is_later=_is(Q(cancellation__written_at__gte=after)),
    ).values_list(
        "commune", "for_month", "state", "cancellation__side", "cancellation__is_owed", "makes_good", "is_past", "is_later"
    )
    found: defaultdict[int, defaultdict[str, list[frozenset[Tally]]]] = defaultdict(lambda: defaultdict(list))
    known: dict[tuple[Any, ...], frozenset[Tally]] = {}
    for commune, month, *what in read:
        key = tuple(what)
        if key not in known:
            known[key] = _on_the_day(key)
        if tallies := known[key]:
            found[commune][month].append(tallies)
    return dict(found)


def half_day_each_month(case: Case, facts: Facts, effect: dt.date) -> Kept:
    """A half-day proposed each month (art. 4): what was published, against the months due since the tour is kept here."""
    current, from_month = f"{facts.on:%Y-%m}", facts.published_from.get(case.epci)
    until = _last_of_month(facts.on)
    first = max(first_month_due(case, effect), from_month or "")
    if from_month is None or first > current:
        why = "aucune tournée n’est publiée" if from_month is None else "aucun mois entier n’est encore commencé"
        return _kept(Status.NOT_MEASURED, until, f"{NOT_MEASURED_WORDS} : {why}")
    wanted, months = case.terms.sessions_per_month, facts.promised.get(case.commune, {})
    is_whole = case.ends_on is None or case.ends_on >= until
    is_over = is_whole and facts.on == until
    due = [month for month in _months(first, current) if month != current or is_over]
    offered = {month: _offered(months, month) for month in (*due, current)}
    missing = [month for month in due if offered[month] < wanted]
    told = _promises(months, due, len(due) * wanted, sum(min(offered[month], wanted) for month in due))
    if missing:
        by = _last_of_month(Month.parse(missing[0]).first)
        return _kept(Status.LATE, by, f"{told.words} ; manque {_named(missing)}", told)
    if is_whole and not is_over and offered[current] < wanted:
        return _kept(Status.DUE, until, f"{told.words} ; {month_words(Month.of(facts.on))} reste à proposer", told)
    return _kept(Status.MET, until, told.words, told)


def first_month_due(case: Case, effect: dt.date) -> str:
    """Return the first month that owes a half-day: one that is not whole owes none, when the terms say so (art. 4)."""
    is_exempt = case.terms.partial_month_exempt and effect.day > 1
    return f"{_last_of_month(effect) + ONE_DAY if is_exempt else effect:%Y-%m}"


def _on_the_day(what: tuple[Any, ...]) -> frozenset[Tally]:
    """Return what a half-day counted as on the day, from its columns; what nobody had said by then is not known."""
    state, side, is_owed, is_make_up, is_past, is_later = what
    if is_later or (state == VisitState.HELD and not is_past):
        state, side = VisitState.PLANNED, None
    found = tallies_of(state, side, is_owed=bool(is_owed), is_make_up=bool(is_make_up))
    is_untold = is_past and VisitState(state) in STANDING and state != VisitState.HELD
    return found | {Tally.UNTOLD} if is_untold else found


def _offered(months: Months, month: str) -> int:
    return sum(Tally.PROPOSED in tallies for tallies in months.get(month, ()))


def _promises(months: Months, due: Sequence[str], owed: int, proposed: int) -> Promises:
    found = counted(chain.from_iterable(months.get(month, ()) for month in due))
    found["proposed"] = proposed
    return Promises(due=owed, **found)


def _named(missing: list[str]) -> str:
    named = ", ".join(month_words(Month.parse(month)) for month in missing[:NAMED_MONTHS])
    more = len(missing) - NAMED_MONTHS
    return f"{named} et {more} autres mois" if more > 0 else named


def _kept(status: Status, due: dt.date, told: str, promises: Promises | None = None) -> Kept:
    return Kept(obligation=MONTHLY, status=status, due=due, told=told, promises=promises)


def _is(condition: Q) -> Any:
    return ExpressionWrapper(condition, output_field=BooleanField())


@lru_cache(maxsize=1024)
def _months(first: str, last: str) -> tuple[str, ...]:
    return tuple(map(str, Month.range(f"{first}..{last}")))


@lru_cache(maxsize=1024)
def _last_of_month(day: dt.date) -> dt.date:
    return Month.of(day).last
