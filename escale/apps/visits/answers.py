"""What the parties answer about a half-day: how the place is made ready, how it was found, how the half-day was held."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparationAnswers:
    """What the commune says it made ready (art. 3-1 and 7), and who opens."""

    is_heated: bool = False
    has_private_office: bool = False
    is_room_free: bool = False
    has_keys: bool = False
    has_power: bool = False
    opener: str = ""
    opener_phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingChecks:
    """What the mediator finds on arrival; None is not looked at yet."""

    was_opened: bool | None = None
    was_heated: bool | None = None
    had_private_office: bool | None = None
    had_room: bool | None = None
    had_power: bool | None = None
    had_network: bool | None = None
    is_kit_complete: bool | None = None

    @property
    def known(self) -> dict[str, bool]:
        """What was looked at, by the name of its field."""
        return {name: value for name, value in asdict(self).items() if value is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingReport:
    """A half-day as the mediator closes it. `device_time` is the clock of the telephone when it was closed there."""

    started_at: dt.datetime
    ended_at: dt.datetime
    checks: HoldingChecks = HoldingChecks()
    is_shortened: bool = False
    to_finish: bool = False
    words: str = ""
    device_time: dt.datetime | None = None

    @property
    def values(self) -> dict[str, Any]:
        """What tells one report from another, by the name of its field: the clock of a telephone does not."""
        return {
            "started_at": self.started_at,
            "ended_at": self.ended_at,
            "is_shortened": self.is_shortened,
            "to_finish": self.to_finish,
            "words": " ".join(self.words.split()),
            **self.checks.known,
        }
