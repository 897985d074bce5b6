"""The periods of a convention: the first one to the term of the text, then one after the other by tacit renewal (art. 5-1)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from escale.core.calendar.french import date_words
from escale.core.calendar.holidays import HolidayArea
from escale.core.convention.dates import ONE_DAY, add_months, day_to_post_by, last_day_to_denounce
from escale.core.convention.refusals import RefusedError
from escale.core.convention.terms import Terms

POSTING_SAFETY_DAYS = 21
"""Fifteen days that a letter may wait at the post office, and the way there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """One period, both days included: number 0 is the first one, 1 the first renewal."""

    number: int
    start: dt.date
    end: dt.date
    last_day_to_denounce: dt.date
    post_by: dt.date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days + 1

    @property
    def is_closed_from_start(self) -> bool:
        """Whether nobody can ever denounce it in time, because it begins too late."""
        return self.last_day_to_denounce < self.start


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The periods of one convention, as long as nobody ends it: its terms, and the day on which it takes effect."""

    terms: Terms
    effect: dt.date
    safety_days: int = POSTING_SAFETY_DAYS
    area: HolidayArea = HolidayArea.METROPOLE

    def __post_init__(self) -> None:
        term = self.terms.initial_term_end
        if self.effect > term:
            raise RefusedError(
                "E_NOTIFICATION_AFTER_TERM",
                f"une convention notifiée le {date_words(self.effect)} n’a jamais pu prendre effet : son terme, le "
                f"{date_words(term)}, était passé ; faire délibérer un nouveau terme",
                place="notified",
            )

    def end_of(self, number: int) -> dt.date:
        """Return the last day of a period, counted from the term of the text: counted one by one, a 29 February would be lost."""
        return add_months(self.terms.initial_term_end, self.terms.renewal_period_months * number)

    def period(self, number: int) -> Period:
        """Return a period by its number. Raise ValueError when the terms allow fewer renewals."""
        if number < 0 or (self.last_number is not None and number > self.last_number):
            raise ValueError(number)
        end = self.end_of(number)
        last_day = last_day_to_denounce(self.terms, end, self.area)
        return Period(
            number=number,
            start=self.effect if number == 0 else self.end_of(number - 1) + ONE_DAY,
            end=end,
            last_day_to_denounce=last_day,
            post_by=day_to_post_by(last_day, safety_days=self.safety_days, area=self.area),
        )

    @property
    def last_number(self) -> int | None:
        """The number of the last period; None when the text sets no limit to its renewals."""
        return self.terms.max_renewals

    def number_on(self, day: dt.date) -> int | None:
        """Return the number of the period that runs on a day; None before the effect, and after the last renewal."""
        if day < self.effect:
            return None
        term = self.terms.initial_term_end
        months = (day.year - term.year) * 12 + day.month - term.month
        number = max(0, months // self.terms.renewal_period_months)
        number += day > self.end_of(number)
        return None if self.last_number is not None and number > self.last_number else number

    def period_on(self, day: dt.date) -> Period | None:
        """Return the period that runs on a day; None before the effect, and after the last renewal."""
        number = self.number_on(day)
        return None if number is None else self.period(number)

    def ending_on(self, end: dt.date) -> Period | None:
        """Return the period that ends on a day, if one does."""
        period = self.period_on(end)
        return period if period and period.end == end else None
