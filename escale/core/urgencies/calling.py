"""In which order the team is called, and when: who is free first, in turn (art. 4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from escale.core.calendar.halfdays import HALF_WORDS, Half, Weekday, Window
from escale.core.calendar.hours import Hours

FURTHEST_DAYS = 60
"""How far the next time on call is looked for; nothing closes a service for longer."""


class Place(IntEnum):
    """Where someone is during a half-day, the best to be called first.

    `RECEIVING` is an appointment at the office, `APPOINTMENTS` those of a hall.
    """

    OFFICE = 0
    HALL = 1
    WORKSHOP = 2
    RECEIVING = 3
    APPOINTMENTS = 4


IN_THE_FIELD = frozenset({Place.HALL, Place.WORKSHOP, Place.APPOINTMENTS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """Someone of the team who works on a half-day, by their rank in the team, and where they are."""

    rank: int
    place: Place


def call_order(there: Collection[Presence], day: dt.date) -> tuple[Presence, ...]:
    """Return whom to call one after the other: whoever is free at the office, then in a hall, last in appointments.

    Of two who are as free, the first changes each week, so that the telephone does not always ring on one desk.
    """
    week = day.isocalendar().week

    def turn(each: Presence) -> tuple[int, int]:
        return each.place, (each.rank + week) % max(1, len(there))

    return tuple(sorted(there, key=turn))


def all_in_the_field(there: Collection[Presence]) -> bool:
    """Tell whether everyone is in a hall or leads a workshop: the promise is then an answer within the half-day."""
    return all(each.place in IN_THE_FIELD for each in there)


def nobody_is_free(there: Collection[Presence]) -> bool:
    """Tell whether everyone is in the field or receives someone: the promise is the same."""
    return all(each.place is not Place.OFFICE for each in there)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnCall:
    """A half-day on call: local civil day, half and hours."""

    day: dt.date
    half: Half
    hours: Hours

    def holds(self, local: dt.datetime) -> bool:
        """Tell whether a local time lies in it."""
        return local.date() == self.day and self.hours.starts <= local.time() < self.hours.ends

    def minutes_between(self, start: dt.datetime, end: dt.datetime) -> int:
        """Return how many of its minutes lie between two local times."""
        opens = dt.datetime.combine(self.day, self.hours.starts, tzinfo=start.tzinfo)
        closes = dt.datetime.combine(self.day, self.hours.ends, tzinfo=start.tzinfo)
        return max(0, int((min(end, closes) - max(start, opens)).total_seconds() // 60))

    @property
    def half_words(self) -> str:
        """« après-midi »."""
        return HALF_WORDS[self.half]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calling:
    """The half-days on which the team can be reached: windows, their hours, and the days without service."""

    windows: frozenset[Window]
    morning: Hours
    afternoon: Hours
    closed: frozenset[dt.date]

    def between(self, first: dt.date, last: dt.date) -> Iterator[OnCall]:
        """Yield the half-days on call from one day to another, both included, in the order of time."""
        for number in range((last - first).days + 1):
            day = first + dt.timedelta(days=number)
            for half in Half:
                if day not in self.closed and Window(weekday=Weekday(day.weekday()), half=half) in self.windows:
                    yield OnCall(day=day, half=half, hours=self.morning if half is Half.AM else self.afternoon)

    def minutes_between(self, start: dt.datetime, end: dt.datetime) -> int:
        """Return how many minutes of these half-days lie between two local times."""
        return sum(each.minutes_between(start, end) for each in self.between(start.date(), end.date()))

    def at_or_after(self, local: dt.datetime) -> OnCall | None:
        """Return the half-day on call at a local time, else the next one; None when there is none within sixty days."""
        last = local.date() + dt.timedelta(days=FURTHEST_DAYS)
        coming = (each for each in self.between(local.date(), last) if (each.day, each.hours.ends) > (local.date(), local.time()))
        return next(coming, None)


def median(minutes: Sequence[int]) -> int | None:
    """Return the middle of some durations in whole minutes, the lower of two; None when there are none."""
    return sorted(minutes)[(len(minutes) - 1) // 2] if minutes else None
