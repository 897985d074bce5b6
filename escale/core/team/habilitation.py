"""How far a mediator is on the way to Aidants Connect (art. 3-2 and 7), on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class HabilitationState(StrEnum):
    """How a mediator stands; what dates imply is computed, never stored."""

    NOTHING = "NOTHING"
    IN_TRAINING = "IN_TRAINING"
    TRAINED = "TRAINED"
    VALID = "VALID"
    EXPIRED = "EXPIRED"


@dataclass(frozen=True, slots=True, kw_only=True)
class HabilitationDates:
    """The days that are known: the training, the habilitation, its last day. None for what is not known yet."""

    trained_on: dt.date | None = None
    granted_on: dt.date | None = None
    ends: dt.date | None = None

    def state_on(self, day: dt.date) -> HabilitationState:
        """Return how these dates read on a day."""
        if self.granted_on is not None and self.granted_on <= day:
            return HabilitationState.EXPIRED if self.ends is not None and self.ends < day else HabilitationState.VALID
        if self.trained_on is None:
            return HabilitationState.NOTHING
        return HabilitationState.TRAINED if self.trained_on <= day else HabilitationState.IN_TRAINING


def last_day_of_grace(arrived_on: dt.date, days: int) -> dt.date:
    """Return the last day on which a mediator who arrived may not be an « aidant » yet (the text sets no delay)."""
    return arrived_on + dt.timedelta(days=days)
