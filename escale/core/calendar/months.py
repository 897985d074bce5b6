"""Calendar months as values, and the n-th weekdays in them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from escale.core.calendar.halfdays import Weekday


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1 <= self.number <= 12 and 1900 <= self.year <= 2999):
            raise ValueError(f"« {self} » n'est pas un mois ; écrire par exemple « 2027-01 »")

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read « 2027-01 ». Raise ValueError when the text is no month."""
        match = re.fullmatch(r"(\d{4})-(\d{2})", text)
        if match is None:
            raise ValueError(f"« {text} » n'est pas un mois ; écrire par exemple « 2027-01 »")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: dt.date) -> Month:
        """Return the month of a date."""
        return cls(day.year, day.month)

    @classmethod
    def range(cls, text: str) -> tuple[Month, ...]:
        """Read « 2027-01..2027-12 », both ends included. Raise ValueError when it is no such range."""
        first, dots, last = text.partition("..")
        start, end = cls.parse(first), cls.parse(last if dots else first)
        if end < start:
            raise ValueError(f"« {text} » finit avant de commencer")
        return tuple(start.until(end))

    def until(self, last: Month) -> Iterator[Month]:
        """Yield the months from this one to `last`, both included."""
        month = self
        while month <= last:
            yield month
            month = month.next

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def index(self) -> int:
        """Months since year 0: consecutive months differ by one."""
        return self.year * 12 + self.number - 1

    @property
    def next(self) -> Month:
        """The month after."""
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    @property
    def previous(self) -> Month:
        """The month before."""
        return Month(self.year - (self.number == 1), (self.number - 2) % 12 + 1)

    @property
    def first(self) -> dt.date:
        """The first day."""
        return dt.date(self.year, self.number, 1)

    @property
    def last(self) -> dt.date:
        """The last day."""
        return self.next.first - dt.timedelta(days=1)

    def days(self) -> Iterator[dt.date]:
        """Yield every day of the month, in order."""
        for number in range(1, self.last.day + 1):
            yield dt.date(self.year, self.number, number)


def nth_of_month(day: dt.date) -> int:
    """Return which weekday of its month a date is: 1 for the first Tuesday, 5 for the fifth."""
    return (day.day - 1) // 7 + 1


def nth_weekday(month: Month, nth: int, weekday: Weekday) -> dt.date | None:
    """Return the n-th weekday of a month, or None when the month has no fifth one."""
    day = 1 + (weekday - month.first.weekday()) % 7 + 7 * (nth - 1)
    return dt.date(month.year, month.number, day) if day <= month.last.day else None
