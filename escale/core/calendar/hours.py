"""Hours of a half-day, as a setting writes them and as French reads them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

NARROW_SPACE = "\u202f"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Hours:
    """From one local time to a later one on the same day."""

    starts: dt.time
    ends: dt.time

    def __post_init__(self) -> None:
        if self.starts >= self.ends:
            raise ValueError(f"« {self} » finit avant de commencer ; écrire par exemple « 09:00-12:00 ».")

    @classmethod
    def parse(cls, text: str) -> Hours:
        """Read « 09:00-12:00 ». Raise ValueError when the text is no such range."""
        match = re.fullmatch(r"(\d{2}:\d{2})-(\d{2}:\d{2})", text.strip())
        try:
            if match is None:
                raise ValueError(text)
            starts, ends = (dt.time.fromisoformat(part) for part in match.groups())
        except ValueError:
            raise ValueError(f"« {text} » n’est pas un horaire ; écrire par exemple « 09:00-12:00 ».") from None
        return cls(starts=starts, ends=ends)

    def __str__(self) -> str:
        return f"{self.starts:%H:%M}-{self.ends:%H:%M}"

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return (self.ends.hour - self.starts.hour) * 60 + self.ends.minute - self.starts.minute

    @property
    def words(self) -> str:
        """The hours in French: « 9 h – 12 h », « 8 h 30 – 11 h 30 »."""
        return f"{time_words(self.starts)} – {time_words(self.ends)}"

    def starting(self, starts: dt.time) -> Hours:
        """Return the same length from another time."""
        total = starts.hour * 60 + starts.minute + self.minutes
        if total >= 24 * 60:
            raise ValueError(f"Trop tard pour commencer : {time_words(starts)}.")
        return Hours(starts=starts, ends=dt.time(total // 60, total % 60))

    def split(self, minutes: int) -> tuple[Hours, Hours]:
        """Return the first minutes, and what is left after them."""
        total = self.starts.hour * 60 + self.starts.minute + minutes
        turn = dt.time(total // 60, total % 60)
        return Hours(starts=self.starts, ends=turn), Hours(starts=turn, ends=self.ends)


def time_words(time: dt.time) -> str:
    """Return « 9 h » or « 8 h 30 », with narrow no-break spaces."""
    minutes = f"{NARROW_SPACE}{time.minute:02d}" if time.minute else ""
    return f"{time.hour}{NARROW_SPACE}h{minutes}"
