"""What a trial of the pattern gives back: a legal plan of the changed problem, and all that it changes in the tour."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from escale.core.calendar.months import Month
from escale.core.planning.explaining.changes import Change
from escale.core.planning.explaining.usual import UsualDay
from escale.core.planning.plan import Plan, Visit
from escale.core.planning.problem import Problem
from escale.core.planning.rules.costs import kilometres
from escale.core.planning.shortage import Unserved, half_days


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a change does to the months of a tour, as a legal plan of the changed problem.

    `moved` are the communes, the asked one apart, that have another date or another mediator; `added` the visits of the change
    itself, `usual` the day that most of them share. `missing` are the visits that find no place, `reason` the rule that forbids
    the change before any search. `is_least`: proved, month by month, that no way leaves fewer visits without a place, nor, with
    as few, disturbs fewer published ones. `least` is that way when this one was preferred for its steadier dates.
    """

    before: tuple[Problem, Plan]
    after: tuple[Problem, Plan]
    moved: tuple[Change, ...]
    usual: UsualDay | None = None
    added: tuple[Visit, ...] = ()
    missing: tuple[Unserved, ...] = ()
    reason: str = ""
    is_least: bool = False
    least: Trial | None = None

    @property
    def possible(self) -> bool:
        """Whether no rule forbids it and every visit due has its place."""
        return not self.reason and not self.missing

    @property
    def months(self) -> tuple[Month, ...]:
        """The months that were tried."""
        return self.before[0].months

    @property
    def kilometres(self) -> tuple[float, float]:
        """Kilometres of a month before and after, on average."""
        count = len(self.months)
        return kilometres(*self.before) / count, kilometres(*self.after) / count

    @property
    def free(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Free half-days of mediators in each month, before and after."""
        return free_half_days(*self.before), free_half_days(*self.after)

    @property
    def dates_moved(self) -> int:
        """How many published visits of the others move."""
        return sum(len(change.visits_from) for change in self.moved)

    @property
    def new_usual_days(self) -> tuple[Change, ...]:
        """Those of the others whose usual day itself changes: an avenant for each where it is annexed."""
        return tuple(change for change in self.moved if change.changes_usual_day)


def free_half_days(problem: Problem, plan: Plan) -> tuple[int, ...]:
    """Return how many half-days of mediators each month has left, once all visits and make-ups are placed."""
    taken = Counter(entry.month for entry in plan.entries())
    offered = (half_days(month, problem.windows, problem.holidays, problem.mediators) for month in problem.months)
    return tuple(
        sum(len(present) for present in some.values()) - taken[month] for month, some in zip(problem.months, offered, strict=True)
    )
