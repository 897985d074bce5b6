"""The days on which something comes back: a half-day of the week, every so many weeks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from math import gcd

from escale.core.calendar.halfdays import Window

MOST_WEEKS = 12
"""A turn that comes back less often than each quarter is no permanence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotation:
    """A window of the week that comes back every `every` weeks from `first` on, up to `last` included (None: no end).

    `first` is a day of the week of the window. Raise ValueError otherwise, or when the number of weeks is out of range.
    """

    window: Window
    every: int
    first: dt.date
    last: dt.date | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.every <= MOST_WEEKS:
            raise ValueError(f"Une permanence revient toutes les 1 à {MOST_WEEKS} semaines.")
        if self.first.weekday() != self.window.weekday:
            raise ValueError("Le premier jour ne tombe pas le jour de la permanence.")

    def days_between(self, first: dt.date, last: dt.date) -> Iterator[dt.date]:
        """Yield the days of a period, both ends included, in order."""
        step = dt.timedelta(weeks=self.every)
        day = self.first
        if first > day:
            day += step * -(-(first - day).days // step.days)
        until = last if self.last is None else min(last, self.last)
        while day <= until:
            yield day
            day += step

    def meets(self, other: Rotation) -> bool:
        """Tell whether one day at least belongs to both, for the same half of the same weekday."""
        if self.window != other.window:
            return False
        ends = [day for day in (self.last, other.last) if day is not None]
        first = max(self.first, other.first)
        # Two rhythms share a day within their common multiple, or never.
        horizon = first + dt.timedelta(weeks=self.every * other.every // gcd(self.every, other.every))
        last = min([horizon, *ends])
        return bool(set(self.days_between(first, last)) & set(other.days_between(first, last)))
