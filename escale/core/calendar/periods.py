"""Civil quarters and years as values: what reports tell of."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from escale.core.calendar.months import Month

MONTHS_OF_A_QUARTER = 3
QUARTER_WORDS = ("premier trimestre", "deuxième trimestre", "troisième trimestre", "quatrième trimestre")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A civil year, or one of its quarters; `quarter` is 1 to 4, or 0 for the whole year."""

    year: int
    quarter: int = 0

    def __post_init__(self) -> None:
        if not (0 <= self.quarter <= len(QUARTER_WORDS) and 1900 <= self.year <= 2999):
            raise ValueError(f"« {self} » n’est ni un trimestre ni une année ; écrire par exemple « 2026-T3 » ou « 2026 ».")

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read « 2026-T3 » or « 2026 ». Raise ValueError when the text is neither."""
        match = re.fullmatch(r"(\d{4})(?:-T([1-4]))?", text.strip())
        if match is None:
            raise ValueError(f"« {text} » n’est ni un trimestre ni une année ; écrire par exemple « 2026-T3 » ou « 2026 ».")
        return cls(int(match[1]), int(match[2] or 0))

    @classmethod
    def quarter_of(cls, day: dt.date) -> Period:
        """Return the quarter of a date."""
        return cls(day.year, (day.month - 1) // MONTHS_OF_A_QUARTER + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-T{self.quarter}" if self.quarter else f"{self.year:04d}"

    @property
    def is_year(self) -> bool:
        """Whether it is a whole year."""
        return self.quarter == 0

    @property
    def months(self) -> tuple[Month, ...]:
        """Its months, in order: three, or twelve."""
        if self.is_year:
            return tuple(Month(self.year, number) for number in range(1, 13))
        first = (self.quarter - 1) * MONTHS_OF_A_QUARTER + 1
        return tuple(Month(self.year, number) for number in range(first, first + MONTHS_OF_A_QUARTER))

    @property
    def first(self) -> dt.date:
        """The first day."""
        return self.months[0].first

    @property
    def last(self) -> dt.date:
        """The last day."""
        return self.months[-1].last

    @property
    def previous(self) -> Period:
        """The quarter before a quarter, the year before a year."""
        if self.is_year:
            return Period(self.year - 1)
        return Period(self.year, self.quarter - 1) if self.quarter > 1 else Period(self.year - 1, len(QUARTER_WORDS))

    @property
    def next(self) -> Period:
        """The quarter after a quarter, the year after a year."""
        if self.is_year:
            return Period(self.year + 1)
        return Period(self.year, self.quarter + 1) if self.quarter < len(QUARTER_WORDS) else Period(self.year + 1, 1)

    @property
    def words(self) -> str:
        """« troisième trimestre 2026 », « année 2026 »."""
        return f"{QUARTER_WORDS[self.quarter - 1]} {self.year}" if self.quarter else f"année {self.year}"

    @property
    def le_words(self) -> str:
        """« le troisième trimestre 2026 », « l’année 2026 »."""
        return f"l’{self.words}" if self.is_year else f"le {self.words}"

    @property
    def de_words(self) -> str:
        """« du troisième trimestre 2026 », « de l’année 2026 »."""
        return f"de l’{self.words}" if self.is_year else f"du {self.words}"
