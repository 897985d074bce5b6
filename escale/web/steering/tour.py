"""What the first pages know of the year's tour: the one place where they ask for it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from escale.apps.territory.models import Epci


@dataclass(frozen=True, slots=True, kw_only=True)
class TourState:
    """A tour in one line: its year, how far it is, and how many of the due half-days it holds."""

    year: int
    label: str
    placed: int
    due: int


def tour_state(epci: Epci, today: dt.date) -> TourState | None:
    """Return the state of the year's tour of an EPCI, or None while no run has been asked for."""
    return None
