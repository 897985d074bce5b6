"""Why a date is not the usual one, as far as the calendar tells: in one short French sentence that blames nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from escale.core.calendar.french import MONTH_WORDS
from escale.core.calendar.halfdays import WEEKDAY_WORDS, Weekday
from escale.core.calendar.months import Month, nth_weekday
from escale.web.steering.tour.year import Pattern

UNTOLD = "autre date retenue ce mois-là"
"""What is said when the calendar tells nothing."""
ORDINALS = ("", "premier", "deuxième", "troisième", "quatrième", "cinquième")


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What the calendar holds against a date; `away` and `asked` are empty for those who may not see them."""

    holidays: Mapping[dt.date, str] = field(default_factory=dict)
    closures: Mapping[dt.date, str] = field(default_factory=dict)
    halls: Mapping[int, Mapping[dt.date, str]] = field(default_factory=dict)
    asked: Mapping[int, frozenset[dt.date]] = field(default_factory=dict)
    away: Mapping[int, frozenset[dt.date]] = field(default_factory=dict)
    taken: Mapping[tuple[int, dt.date, str], str] = field(default_factory=dict)

    def with_taken(self, taken: Mapping[tuple[int, dt.date, str], str]) -> Circumstances:
        """Return the same with who takes which place of whom."""
        return replace(self, taken=taken)

    def against(self, commune: int, post: int, pattern: Pattern, month: Month) -> str:
        """Return what keeps a commune from its usual day in a month."""
        nth, weekday, half = pattern
        day = nth_weekday(month, nth, Weekday(weekday))
        if day is None:
            return f"pas de {ORDINALS[nth]} {WEEKDAY_WORDS[weekday]} ce mois-là"
        when = f"le {day_words(day)}"
        if day in self.holidays:
            return f"{when} est férié ({self.holidays[day]})"
        if day in self.closures:
            return f"{when}, aucune salle du territoire : {self.closures[day]}"
        if day in self.halls.get(commune, {}):
            reason = self.halls[commune][day]
            return f"salle fermée {when}" + (f" : {reason}" if reason else "")
        if day in self.asked.get(commune, ()):
            return f"la mairie ne peut pas ouvrir {when}"
        if day in self.away.get(post, ()):
            return f"médiateur absent {when}"
        if other := self.taken.get((post, day, half)):
            return f"place prise {when} par {other}"
        return UNTOLD


def day_words(day: dt.date) -> str:
    """Return « mardi 5 mai », « mardi 1er juin »: the year stands above the table."""
    return f"{WEEKDAY_WORDS[day.weekday()]} {'1er' if day.day == 1 else day.day} {MONTH_WORDS[day.month - 1]}"
