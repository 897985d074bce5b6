"""The grid of the RGAA 4.1: what was found for each criterion, by what proof and when; the rate and the mention that follow."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Self

CRITERIA = Path(__file__).with_name("criteria.csv")
COUNT = 106
"""How many criteria the RGAA 4.1 has."""
YEARS_VALID = 3
"""A finding that is older proves nothing any more: the declaration itself is renewed every three years."""


class State(StrEnum):
    """What is known of a criterion."""

    MET = "conforme"
    FAILED = "non conforme"
    ABSENT = "non applicable"
    UNCHECKED = "à vérifier"


class Mention(StrEnum):
    """What the foot of every page says."""

    NONE = "non conforme"
    PARTIAL = "partiellement conforme"
    WHOLE = "totalement conforme"


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """A criterion in our own words, and what was found; `proof` and `day` say how and when."""

    number: str
    theme: str
    wording: str
    state: State
    proof: str
    day: dt.date | None

    def __post_init__(self) -> None:
        if not (self.number and self.theme and self.wording):
            raise ValueError("Un critère a un numéro, un thème et un texte.")
        if self.state is not State.UNCHECKED and not (self.proof and self.day):
            raise ValueError(f"Critère {self.number} : « {self.state} » demande une preuve et une date.")

    def state_on(self, day: dt.date) -> State:
        """Return what is known on a day: what was found too long ago is to be checked again."""
        if self.day is not None and day >= self.day.replace(day=min(self.day.day, 28), year=self.day.year + YEARS_VALID):
            return State.UNCHECKED
        return self.state


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How many criteria are in each state on a day."""

    met: int
    failed: int
    absent: int
    unchecked: int

    @classmethod
    def of(cls, states: Iterable[State]) -> Self:
        """Count states."""
        found = list(states)
        return cls(
            met=found.count(State.MET),
            failed=found.count(State.FAILED),
            absent=found.count(State.ABSENT),
            unchecked=found.count(State.UNCHECKED),
        )

    @property
    def applicable(self) -> int:
        """The denominator of the rate: what nobody has checked is in it."""
        return self.met + self.failed + self.unchecked

    @property
    def percent(self) -> int:
        """The rate, rounded down: 100 is said only of the whole."""
        return 100 * self.met // self.applicable if self.applicable else 0

    @property
    def mention(self) -> Mention:
        """What may be said of the pages. While one criterion waits for a person there is no audit, whatever the rate."""
        if self.unchecked or 2 * self.met < self.applicable or not self.applicable:
            return Mention.NONE
        return Mention.PARTIAL if self.failed else Mention.WHOLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Every criterion, in the order of the RGAA."""

    criteria: Sequence[Criterion]

    def __post_init__(self) -> None:
        if len(self.criteria) != COUNT or len({one.number for one in self.criteria}) != COUNT:
            raise ValueError(f"La grille a {COUNT} critères, chacun une fois.")

    def standing_on(self, day: dt.date) -> Standing:
        """Count the states as they are known on a day."""
        return Standing.of(one.state_on(day) for one in self.criteria)

    def in_state(self, state: State, day: dt.date) -> list[Criterion]:
        """Return the criteria that are in a state on a day."""
        return [one for one in self.criteria if one.state_on(day) is state]

    @property
    def last_day(self) -> dt.date | None:
        """The day of the newest finding."""
        return max((one.day for one in self.criteria if one.day), default=None)


def parse_grid(lines: Iterable[str]) -> Grid:
    """Return the grid of a CSV: number, theme, wording, state, proof, date. Raise ValueError for what cannot stand."""
    rows = csv.DictReader(lines, strict=True)
    return Grid(
        criteria=[
            Criterion(
                number=row["number"],
                theme=row["theme"],
                wording=row["wording"],
                state=State(row["state"]),
                proof=row["proof"],
                day=dt.date.fromisoformat(row["date"]) if row["date"] else None,
            )
            for row in rows
        ]
    )


@cache
def kept_grid() -> Grid:
    """Return the grid of the product, read once in a process."""
    with CRITERIA.open(encoding="utf-8", newline="") as lines:
        return parse_grid(lines)


@lru_cache(maxsize=2)
def standing_on(day: dt.date) -> Standing:
    """Return the standing of the product on a day, counted once a day: every page says its mention."""
    return kept_grid().standing_on(day)
