"""What the mairies answered, as the planner reads it: half-days shut, a weekday preferred, dates on which they are shut."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from escale.apps.schedule.models import Market, Wish
from escale.apps.territory.models import Epci
from escale.core.calendar.halfdays import Half, Weekday, Window
from escale.core.calendar.months import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class CommuneWish:
    """What a commune asks of the tour; the market that it wants to avoid is among the half-days shut.

    `closed_windows` hold in all the months; when it was asked about some of them only, `shut` names the half-days of those.
    """

    closed_windows: frozenset[Window] = frozenset()
    preferred_weekday: Weekday | None = None
    closed_days: frozenset[dt.date] = frozenset()
    shut: frozenset[tuple[dt.date, Half]] = frozenset()


def wishes_of(epci: Epci, months: Sequence[Month]) -> dict[int, CommuneWish]:
    """Return the wish of each commune that answered for some of these months, by its key; the last answer counts."""
    first, last = months[0], months[-1]
    asked = (
        Wish.objects.filter(epci=epci, inquiry__first_month__lte=str(last), inquiry__last_month__gte=str(first))
        .order_by("answered_at")
        .select_related("inquiry")
    )
    return {wish.commune_id: read_wish(wish, first, last) for wish in asked}


def read_wish(wish: Wish, first: Month, last: Month) -> CommuneWish:
    """Return a wish as the planner reads it in some months, for those of them that the mairie was asked about."""
    market = Window.parse(wish.market) if wish.market else None
    shut = wish.impossible_windows
    if market and wish.market_effect == Market.AVOID:
        shut |= {market}
    sought = market if wish.market_effect == Market.SEEK else None
    begin, end = max(first, Month.parse(wish.inquiry.first_month)), min(last, Month.parse(wish.inquiry.last_month))
    whole = (begin, end) == (first, last)
    days = map(dt.date.fromisoformat, wish.closed_days)
    return CommuneWish(
        closed_windows=shut if whole else frozenset(),
        preferred_weekday=preferred_weekday(wish.wished_windows, sought),
        closed_days=frozenset(day for day in days if first.first <= day <= last.last),
        shut=frozenset() if whole else _half_days(shut, begin, end),
    )


def _half_days(windows: frozenset[Window], first: Month, last: Month) -> frozenset[tuple[dt.date, Half]]:
    days = [day for month in first.until(last) for day in month.days()]
    return frozenset((day, window.half) for window in windows for day in days if day.weekday() == window.weekday)


def preferred_weekday(wished: frozenset[Window], market: Window | None) -> Weekday | None:
    """Return the one weekday that a plan may prefer: the most wished one, the market among them, else the first of the week."""
    sought = market.weekday if market else None
    named = Counter(window.weekday for window in wished)
    if sought is not None:
        named[sought] += 1
    return min(named, key=lambda weekday: (-named[weekday], weekday != sought, weekday), default=None)
