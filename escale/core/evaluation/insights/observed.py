"""What the rules read: counts of each commune over the same months, and the half-days that the team can give."""

from __future__ import annotations

from dataclasses import dataclass

from escale.core.calendar.months import Month
from escale.core.evaluation.counts import Slots

MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What a coordinator may choose: how many half-days are looked at, how long a wait is long, how fast one drives."""

    half_days: int = 6
    wait_days: int = 30
    km_per_hour: int = 40

    def __post_init__(self) -> None:
        if min(self.half_days, self.wait_days, self.km_per_hour) < 1:
            raise ValueError(f"nothing to judge with: {self}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was counted of a commune whose convention is in force.

    `de` and `at` are its name after « de » and « à ». `sessions` are the half-days that a month promises. `slots` are those of
    its half-days held, the last one first, without those of which nobody noted appointments. `requests` asked for an
    appointment, `unserved` of them got none or waited too long for one; of `received` people who came without an appointment,
    `left` went without help. `months` of the period are those that its convention bound; `km` is None where distances are not
    known.
    """

    code: str
    name: str
    de: str
    at: str
    population: int | None = None
    sessions: int = 1
    slots: tuple[Slots, ...] = ()
    requests: int = 0
    unserved: int = 0
    received: int = 0
    left: int = 0
    accompaniments: int = 0
    months: int = MONTHS_OF_A_YEAR
    km: float | None = None

    def __post_init__(self) -> None:
        if self.unserved > self.requests or self.left > self.received:
            raise ValueError(f"{self.name}: a part is greater than its whole")

    @property
    def thousand_years(self) -> float:
        """Thousands of inhabitants times the years that the convention bound: what its accompaniments are divided by."""
        return (self.population or 0) / 1_000 * self.months / MONTHS_OF_A_YEAR


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRoom:
    """A month: half-days that the team can give, those that are due, and how many of these find no place."""

    month: Month
    places: int
    needs: int
    unserved: int = 0

    @property
    def spare(self) -> int:
        """Half-days left."""
        return max(0, self.places - self.needs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The months ahead of a year, and what one commune or one post more would make of it, each in a French sentence."""

    year: int
    months: tuple[MonthRoom, ...]
    one_more_commune: str
    one_more_post: str
