"""What can be wrong: with a problem (it cannot be read) or with a plan (it is not legal)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ProblemError(ValueError):
    """Bad input, with its place in the file and what to do, in French."""

    def __init__(self, *, place: str, message: str) -> None:
        super().__init__(f"{place} : {message}")
        self.place = place
        self.message = message


class Rule(StrEnum):
    """The rules that a legal plan obeys."""

    KNOWN = "known"
    MONTH = "month"
    HOLIDAY = "holiday"
    MEDIATOR_AWAY = "mediator_away"
    SERVICE_WINDOW = "service_window"
    COMMUNE_WINDOW = "commune_window"
    COMMUNE_CLOSED = "commune_closed"
    COMMUNE_IN = "commune_in"
    ONE_A_MONTH = "one_a_month"
    ONE_PLACE = "one_place"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One visit that breaks one rule; `message` says so in French."""

    rule: Rule
    commune: str
    message: str
