"""What a running search tells: the best plan so far, what is proved, and how much of its budget is spent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from escale.core.planning.plan import Plan
from escale.core.planning.stops import gap_of


class Phase(StrEnum):
    """What the search is doing."""

    FIRST_PLAN = "first_plan"
    SEARCH = "search"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One message of a running search. Costs are kilometre equivalents; `share` is the spent share of the budget."""

    phase: Phase
    cost: float
    lower_bound: float
    share: float
    plan: Plan

    @property
    def gap(self) -> float:
        """What could still be won at most, as a share of the cost."""
        return gap_of(self.cost, self.lower_bound)


Listener = Callable[[Progress], None]
