"""The days of a cycle: the same workshop again, every so many weeks or on the same weekday of each month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from escale.core.calendar.halfdays import WEEKDAY_WORDS, Weekday
from escale.core.calendar.months import Month, nth_of_month, nth_weekday

MOST_SESSIONS = 30
MOST_WEEKS = 12
LAST_IN_EVERY_MONTH = 4
"""Every month has four of each weekday; a fifth is there four or five times a year only."""
ORDINALS = {1: "premier", 2: "deuxième", 3: "troisième", 4: "quatrième", 5: "cinquième"}


class Rhythm(StrEnum):
    """How a workshop comes back."""

    WEEKS = "weeks"
    MONTHLY = "monthly"
    MONTHLY_LAST = "monthly_last"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """So many sessions from a first day on, at a rhythm; `every` counts weeks, and serves that rhythm alone.

    Raise ValueError, in French, for a rhythm that would skip months in silence or that the first day does not keep.
    """

    first: dt.date
    rhythm: Rhythm
    sessions: int
    every: int = 1

    def __post_init__(self) -> None:
        if not 2 <= self.sessions <= MOST_SESSIONS:
            raise ValueError(f"Un cycle compte de 2 à {MOST_SESSIONS} séances.")
        if self.rhythm is Rhythm.WEEKS and not 1 <= self.every <= MOST_WEEKS:
            raise ValueError(f"Un cycle revient toutes les 1 à {MOST_WEEKS} semaines.")
        nth, day = nth_of_month(self.first), WEEKDAY_WORDS[self.first.weekday()]
        if self.rhythm is Rhythm.MONTHLY and nth > LAST_IN_EVERY_MONTH:
            raise ValueError(
                f"Le {self.first.day} est le {ORDINALS[nth]} {day} du mois : la plupart des mois n’en ont pas. "
                f"Choisir « le dernier {day} de chaque mois », ou une autre première date."
            )
        if self.rhythm is Rhythm.MONTHLY_LAST and last_weekday(Month.of(self.first), self.first.weekday()) != self.first:
            raise ValueError(f"Le {self.first.day} n’est pas le dernier {day} du mois ; choisir une autre première date.")

    @property
    def words(self) -> str:
        """The rhythm in French: « toutes les 2 semaines », « le deuxième mardi de chaque mois »."""
        day = WEEKDAY_WORDS[self.first.weekday()]
        match self.rhythm:
            case Rhythm.WEEKS:
                return f"chaque {day}" if self.every == 1 else f"un {day} toutes les {self.every} semaines"
            case Rhythm.MONTHLY:
                return f"le {ORDINALS[nth_of_month(self.first)]} {day} de chaque mois"
            case Rhythm.MONTHLY_LAST:
                return f"le dernier {day} de chaque mois"

    def days(self) -> Iterator[dt.date]:
        """Yield the days on which the rhythm falls, without end."""
        if self.rhythm is Rhythm.WEEKS:
            day = self.first
            while True:
                yield day
                day += dt.timedelta(weeks=self.every)
        month, weekday, nth = Month.of(self.first), self.first.weekday(), nth_of_month(self.first)
        while True:
            found = (
                last_weekday(month, weekday) if self.rhythm is Rhythm.MONTHLY_LAST else nth_weekday(month, nth, Weekday(weekday))
            )
            if found is not None:
                yield found
            month = month.next


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleDays:
    """The days on which the sessions are, and those that were skipped, each with its reason."""

    days: tuple[dt.date, ...]
    skipped: tuple[tuple[dt.date, str], ...]


def last_of_search(cycle: Cycle) -> dt.date:
    """Return the last day that a cycle may reach when each of its sessions is put off once: how far closed days are needed."""
    days = cycle.days()
    return [next(days) for _ in range(2 * cycle.sessions)][-1]


def cycle_days(cycle: Cycle, closed: Mapping[dt.date, str]) -> CycleDays:
    """Return the days of the sessions; a closed one is skipped and told, and the cycle goes on until it has all its sessions.

    It stops at `last_of_search`, with fewer sessions, when most days are closed.
    """
    last, held, skipped = last_of_search(cycle), list[dt.date](), list[tuple[dt.date, str]]()
    for day in cycle.days():
        if day > last or len(held) == cycle.sessions:
            break
        if day in closed:
            skipped.append((day, closed[day]))
        else:
            held.append(day)
    return CycleDays(days=tuple(held), skipped=tuple(skipped))


def last_weekday(month: Month, weekday: int) -> dt.date:
    """Return the last of a weekday in a month."""
    return month.last - dt.timedelta(days=(month.last.weekday() - weekday) % 7)
