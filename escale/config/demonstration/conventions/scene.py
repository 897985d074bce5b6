"""What every part of the story of the conventions needs: the territory, its day, letters, working days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from escale.apps.conventions.actions.posting import Posting
from escale.apps.territory.models import Commune, Epci
from escale.core.calendar.holidays import HolidayArea, holiday_dates
from escale.core.convention.letters import Channel
from escale.core.planning.problem import Annex

PROOF = "pièce inventée (démonstration)"
ONE_DAY = dt.timedelta(days=1)
HOLIDAYS = holiday_dates(range(2025, 2028), HolidayArea.METROPOLE)
SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The territory on a day: what comes later than this day has not happened, and is not told."""

    epci: Epci
    now: dt.date
    days: dict[str, Annex]
    """The usual day of each commune, by its code."""

    def has_come(self, day: dt.date) -> bool:
        """Tell whether a day has come."""
        return day <= self.now


def numbered(number: str) -> str:
    """Return the number of an act, marked as one that no assembly gave."""
    return f"{number} (démonstration)"


def letter(commune: Commune, rank: int, sent: dt.date, presented: dt.date, delivered: dt.date, now: dt.date) -> Posting:
    """Return a registered letter as it is known on a day: one that is not handed over yet is under way."""
    return Posting(
        sent=sent,
        channel=Channel.LRAR,
        number=f"DEMO {commune.code} {rank:02}",
        presented=presented if presented <= now else None,
        delivered=delivered if delivered <= now else None,
        proof=PROOF,
    )


def working_day_from(day: dt.date) -> dt.date:
    """Return the first working day from a day on."""
    while _is_off(day):
        day += ONE_DAY
    return day


def working_day_until(day: dt.date) -> dt.date:
    """Return the last working day up to a day."""
    while _is_off(day):
        day -= ONE_DAY
    return day


def _is_off(day: dt.date) -> bool:
    return day.weekday() >= SATURDAY or day in HOLIDAYS
