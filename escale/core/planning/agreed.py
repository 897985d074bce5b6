"""Keep what was agreed: each commune stays on the usual day of its convention unless it is freed from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from escale.core.calendar.halfdays import Window
from escale.core.planning.check import price
from escale.core.planning.plan import Plan
from escale.core.planning.presets import KEPT_DAY
from escale.core.planning.problem import Annex, Problem

if TYPE_CHECKING:
    from escale.core.planning.solve import Solution

ORDINALS = ("", "premier", "deuxième", "troisième", "quatrième", "cinquième")
KEEPS_AS_MUCH = "plans that leave no more agreed days than this one"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedDay:
    """A commune whose usual day is no longer the annexed one: an avenant is needed (art. 4)."""

    commune: str
    name: str
    agreed: Annex
    nth: int
    window: Window

    @property
    def words(self) -> str:
        """The change in one French sentence."""
        before = usual_words(self.agreed.nth, self.agreed.window)
        return f"{self.name} passe du {before} au {usual_words(self.nth, self.window)} : un avenant est nécessaire"


def usual_words(nth: int, window: Window) -> str:
    """Return « deuxième jeudi du mois, matin »."""
    weekday, _, half = window.words.partition(" ")
    return f"{ORDINALS[nth]} {weekday} du mois, {half}"


def keep_agreed(problem: Problem, *, freed: Collection[str] = ()) -> Problem:
    """Return the problem to search: agreed days weigh what the problem says, else KEPT_DAY; freed communes have none.

    Raise ProblemError when a freed commune is not in the problem.
    """
    for code in freed:
        problem.commune(code)
    communes = tuple(replace(commune, annex=None) if commune.code in freed else commune for commune in problem.communes)
    weight = problem.weights.annex
    if not weight and any(commune.annex for commune in communes):
        weight = KEPT_DAY
    return replace(problem, communes=communes, weights=replace(problem.weights, annex=weight))


def told_for(problem: Problem, kept: Problem, solution: Solution) -> Solution:
    """Return the solution of a kept problem with the cost and the bound of the problem as it was given.

    Among plans that leave no more agreed days than this one does, what those days weigh in addition can be taken off the bound;
    among all plans, each agreed day may be left.
    """
    extra = kept.weights.annex - problem.weights.annex
    if problem == kept:
        return solution
    parts = price(problem, solution.plan)
    left = price(kept, solution.plan).annex
    most = sum(commune.annex is not None for commune in kept.communes)
    model = f"{solution.bound_model}; {KEEPS_AS_MUCH}" if extra else solution.bound_model
    return replace(
        solution,
        parts=parts,
        cost=parts.total(problem.weights),
        lower_bound=_tenths(solution.lower_bound - extra * left),
        lower_bound_any=_tenths(solution.lower_bound_any - extra * most),
        bound_model=model,
    )


def changed_days(problem: Problem, plan: Plan) -> tuple[ChangedDay, ...]:
    """Return the communes whose usual day in the plan is not the annexed one; where two days are as frequent, it is kept."""
    changed = []
    for commune in problem.communes:
        visits = plan.by_commune.get(commune.code, ())
        if commune.annex is None or not visits:
            continue
        counts = Counter(visit.pattern for visit in visits)
        (nth, window), most = counts.most_common(1)[0]
        if counts[commune.annex.nth, commune.annex.window] < most:
            changed.append(ChangedDay(commune=commune.code, name=commune.name, agreed=commune.annex, nth=nth, window=window))
    return tuple(changed)


def _tenths(value: float) -> float:
    return max(0.0, round(value, 1))
