"""What each half-day costs a commune when its other visits stay: the judge's rules, as a table."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import NamedTuple, TypeVar

import numpy as np

from escale.core.calendar.halfdays import Half, Weekday, Window
from escale.core.calendar.months import nth_of_month
from escale.core.planning.grid import Floats
from escale.core.planning.plan import Visit
from escale.core.planning.problem import Commune, Weights
from escale.core.planning.rules.costs import badly_spaced, off_usual

Pattern = tuple[int, Window]
Key = TypeVar("Key", bound=Hashable)


class Seat(NamedTuple):
    """A half-day of a mediator."""

    date: dt.date
    half: Half
    mediator: str

    @property
    def other_half(self) -> Seat:
        """The other half-day of the same mediator and date."""
        return self._replace(half=Half.AM if self.half is Half.PM else Half.PM)

    @property
    def pattern(self) -> Pattern:
        """The n-th weekday of the month and half."""
        return nth_of_month(self.date), Window(weekday=Weekday(self.date.weekday()), half=self.half)


class Habit(NamedTuple):
    """The usual day that a commune without any visit yet shall have."""

    mediator: str
    pattern: Pattern
    months: int


def open_seats(commune: Commune, seats: Sequence[Seat]) -> Floats:
    """Return 1 for each seat on which a commune opens, 0 for the others."""
    return _table(lambda half_day: commune.opens(*half_day), [(seat.date, seat.half) for seat in seats])


def wishes(commune: Commune, others: Sequence[Visit], habit: Habit | None, seats: Sequence[Seat], weights: Weights) -> Floats:
    """Return what each seat costs the commune but its kilometres, beside its `others` visits; exact with one visit a month."""
    patterns: list[Pattern] = [visit.pattern for visit in others]
    mediators = [visit.mediator for visit in others]
    if habit is not None:
        patterns += [habit.pattern] * habit.months
        mediators += [habit.mediator] * habit.months
    dates = [visit.date for visit in others]
    counts, weekdays = Counter(patterns), Counter(pattern[1].weekday for pattern in patterns)

    def of_pattern(pattern: Pattern) -> float:
        cost = weights.irregular * off_usual([*patterns, pattern], commune.visits_per_month)
        if commune.preferred_weekday is not None:
            cost += weights.preference * _beaten(weekdays, pattern[1].weekday, commune.preferred_weekday)
        if commune.annex is not None:
            cost += weights.annex * _beaten(counts, pattern, (commune.annex.nth, commune.annex.window))
        return cost

    return (
        _table(of_pattern, [seat.pattern for seat in seats])
        + _table(lambda mediator: weights.switch * off_usual([*mediators, mediator]), [seat.mediator for seat in seats])
        + _table(lambda day: weights.spacing * badly_spaced(commune, [*dates, day]), [seat.date for seat in seats])
    )


def _beaten(counts: Counter[Key], added: Key, wanted: Key) -> bool:
    """Tell whether something is more frequent than what is wanted, once one more is counted."""
    after = Counter(counts)
    after[added] += 1
    return after[wanted] < max(after.values())


def _table(price: Callable[[Key], float], keys: Iterable[Key]) -> Floats:
    known: dict[Key, float] = {}
    prices = []
    for key in keys:
        if key not in known:
            known[key] = price(key)
        prices.append(known[key])
    return np.array(prices, np.float64)
