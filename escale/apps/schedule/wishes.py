"""What the mairies answered, as the planner reads it: half-days shut, a weekday preferred, dates on which they are shut."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from escale.apps.schedule.models import Market, Wish
from escale.apps.territory.models import Epci
from escale.core.calendar.halfdays import Weekday, Window
from escale.core.calendar.months import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class CommuneWish:
    """What a commune asks of the tour; the market that it wants to avoid is among the half-days shut."""

    closed_windows: frozenset[Window] = frozenset()
    preferred_weekday: Weekday | None = None
    closed_days: frozenset[dt.date] = frozenset()


def wishes_of(epci: Epci, months: Sequence[Month]) -> dict[int, CommuneWish]:
    """Return the wish of each commune that answered for some of these months, by its key; the last answer counts."""
    first, last = months[0], months[-1]
    asked = Wish.objects.filter(epci=epci, inquiry__first_month__lte=str(last), inquiry__last_month__gte=str(first)).order_by(
        "answered_at"
    )
    return {wish.commune_id: read_wish(wish, first.first, last.last) for wish in asked}


def read_wish(wish: Wish, first: dt.date, last: dt.date) -> CommuneWish:
    """Return a wish as the planner reads it, with its dates of a period."""
    market = Window.parse(wish.market) if wish.market else None
    shut = wish.impossible_windows
    if market and wish.market_effect == Market.AVOID:
        shut |= {market}
    sought = market if wish.market_effect == Market.SEEK else None
    days = map(dt.date.fromisoformat, wish.closed_days)
    return CommuneWish(
        closed_windows=shut,
        preferred_weekday=preferred_weekday(wish.wished_windows, sought),
        closed_days=frozenset(day for day in days if first <= day <= last),
    )


def preferred_weekday(wished: frozenset[Window], market: Window | None) -> Weekday | None:
    """Return the one weekday that a plan may prefer: the most wished one, the market among them, else the first of the week."""
    sought = market.weekday if market else None
    named = Counter(window.weekday for window in wished)
    if sought is not None:
        named[sought] += 1
    return min(named, key=lambda weekday: (-named[weekday], weekday != sought, weekday), default=None)
