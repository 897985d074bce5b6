"""Half-days of a week: weekday, half, and the window that both make."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Half(StrEnum):
    """The two halves of a working day."""

    AM = "AM"
    PM = "PM"


class Weekday(IntEnum):
    """Days of the week, numbered as `date.weekday()` does."""

    MON = 0
    TUE = 1
    WED = 2
    THU = 3
    FRI = 4
    SAT = 5
    SUN = 6


WEEKDAY_WORDS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
HALF_WORDS = {Half.AM: "matin", Half.PM: "après-midi"}


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Window:
    """A half-day of the week, such as Tuesday morning."""

    weekday: Weekday
    half: Half

    @classmethod
    def parse(cls, text: str) -> Window:
        """Read « TUE_AM ». Raise ValueError when the text is no such window."""
        day, _, half = text.partition("_")
        if day not in Weekday.__members__ or half not in Half.__members__:
            raise ValueError(f"« {text} » n'est pas une demi-journée ; écrire par exemple « TUE_AM » (mardi matin)")
        return cls(weekday=Weekday[day], half=Half[half])

    def __str__(self) -> str:
        return f"{self.weekday.name}_{self.half.value}"

    @property
    def words(self) -> str:
        """The window in French: « mardi matin »."""
        return f"{WEEKDAY_WORDS[self.weekday]} {HALF_WORDS[self.half]}"
