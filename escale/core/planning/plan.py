"""The plan: dated visits, and the make-ups promised for those that could not be held."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from escale.core.calendar.halfdays import Half, Weekday, Window
from escale.core.calendar.months import Month, nth_of_month


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Visit:
    """A half-day of a mediator in a commune (art. 4)."""

    date: dt.date
    half: Half
    commune: str
    mediator: str

    @property
    def month(self) -> Month:
        """The calendar month of the visit."""
        return Month.of(self.date)

    @property
    def window(self) -> Window:
        """The weekday and half of the visit."""
        return Window(weekday=Weekday(self.date.weekday()), half=self.half)

    @property
    def pattern(self) -> tuple[int, Window]:
        """The n-th weekday of the month and half: what a commune remembers as its usual day."""
        return nth_of_month(self.date), self.window


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class MakeUp(Visit):
    """A visit promised for a month whose own could not be held; outside the one-a-month rule and outside the cost."""

    for_month: Month


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The visits of a horizon, sorted by date; nothing here says that they are legal (see check)."""

    visits: tuple[Visit, ...]
    make_ups: tuple[MakeUp, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "visits", tuple(sorted(self.visits)))
        object.__setattr__(self, "make_ups", tuple(sorted(self.make_ups)))

    def entries(self) -> tuple[Visit, ...]:
        """Return visits, then make-ups: everything that takes a place."""
        return tuple(chain(self.visits, self.make_ups))

    @cached_property
    def by_commune(self) -> dict[str, tuple[Visit, ...]]:
        """The visits of each commune, in order of date; communes without a visit are absent."""
        found: dict[str, list[Visit]] = {}
        for visit in self.visits:
            found.setdefault(visit.commune, []).append(visit)
        return {code: tuple(visits) for code, visits in found.items()}
