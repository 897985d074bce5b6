"""Judge a plan: is it legal, and what does it cost? The plain reading of every rule, with nothing of the search in it."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from escale.core.planning.faults import Fault
from escale.core.planning.plan import Plan
from escale.core.planning.problem import Problem, Weights
from escale.core.planning.rules import costs, legality


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a plan costs, rule by rule: counts, and `km` in kilometres."""

    unserved: int
    irregular: int
    spacing: int
    switch: int
    preference: int
    annex: int
    km: float
    balance: int

    def total(self, weights: Weights) -> float:
        """Return the cost in kilometre equivalents, to one decimal."""
        by_name = asdict(weights)
        return round(sum((float(by_name[name] * value) for name, value in asdict(self).items()), 0.0), 1)


def check(problem: Problem, plan: Plan) -> tuple[Fault, ...]:
    """Return every fault of a plan; none means that it is legal."""
    return tuple(legality.faults(problem, plan))


def price(problem: Problem, plan: Plan) -> Parts:
    """Return what a plan costs, rule by rule. Its communes and mediators must be those of the problem."""
    return Parts(
        unserved=costs.unserved(problem, plan),
        irregular=costs.irregular(problem, plan),
        spacing=costs.spacing(problem, plan),
        switch=costs.switch(problem, plan),
        preference=costs.preference(problem, plan),
        annex=costs.annex(problem, plan),
        km=costs.kilometres(problem, plan),
        balance=costs.balance(problem, plan),
    )


def cost_of(problem: Problem, plan: Plan) -> float:
    """Return the cost of a plan in kilometre equivalents, to one decimal."""
    return price(problem, plan).total(problem.weights)
