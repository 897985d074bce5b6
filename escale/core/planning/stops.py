"""When a search ends: stopping criteria as objects, after PyVRP; the clock is given, so that the core reads none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

PROVED = 1e-9
"""A gap that rounding alone leaves: the plan is the best there is."""

Clock = Callable[[], float]
"""Monotonic seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """What a search has spent and reached so far."""

    proposals: int
    cost: float
    lower_bound: float

    @property
    def gap(self) -> float:
        """The share of the cost that is not proved necessary: 1 - lower bound / cost."""
        return gap_of(self.cost, self.lower_bound)


def gap_of(cost: float, lower_bound: float) -> float:
    """Return 1 - lower bound / cost; nothing when the cost is nothing."""
    return max(0.0, 1 - lower_bound / cost) if cost > 0 else 0.0


class Stop(Protocol):
    """Says which share of the budget is spent: 0 at the beginning, 1 or more when the search must end."""

    def share(self, effort: Effort) -> float:
        """Return the share of the budget that this effort has spent."""
        ...


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """Ends after `seconds` of the clock, counted from `start`."""

    seconds: float
    clock: Clock
    start: float

    def share(self, _effort: Effort) -> float:
        """Return the share of the time that has passed."""
        return (self.clock() - self.start) / self.seconds if self.seconds > 0 else 1.0


@dataclass(frozen=True, slots=True)
class WorkLimit:
    """Ends after a number of proposals a thread: the same plan for the same seed, on any machine."""

    proposals: int

    def share(self, effort: Effort) -> float:
        """Return the share of the proposals that have been tried."""
        return effort.proposals / self.proposals if self.proposals > 0 else 1.0


@dataclass(frozen=True, slots=True)
class GapReached:
    """Ends when the plan is proved to lie within `gap` of the best."""

    gap: float

    def share(self, effort: Effort) -> float:
        """Return 1 when the gap is reached."""
        return 1.0 if effort.gap <= self.gap else 0.0


@dataclass(frozen=True, slots=True)
class Requested:
    """Ends when somebody asks for it: `asked` is looked at several times a second."""

    asked: Callable[[], bool]

    def share(self, _effort: Effort) -> float:
        """Return 1 once the end is asked for."""
        return 1.0 if self.asked() else 0.0


@dataclass(frozen=True, slots=True)
class FirstOf:
    """Ends with the first of several criteria."""

    stops: tuple[Stop, ...] = field(default=())

    def share(self, effort: Effort) -> float:
        """Return the largest share of the criteria."""
        return max((stop.share(effort) for stop in self.stops), default=0.0)
