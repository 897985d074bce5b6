"""Plan a year: one thread searches while another proves, and both go on until the stopping criterion says enough."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from escale.core.planning.check import Parts, check, price
from escale.core.planning.greedy import first_plan
from escale.core.planning.grid import Grid, Ints, build_grid, holder_of, plan_of
from escale.core.planning.plan import Plan
from escale.core.planning.problem import Problem
from escale.core.planning.progress import Listener, Phase, Progress
from escale.core.planning.proof import MODEL, Bound, prove
from escale.core.planning.search.anneal import anneal
from escale.core.planning.search.moves import CUMULATED
from escale.core.planning.search.state import start as start_state
from escale.core.planning.search.state import total_cost
from escale.core.planning.stops import Effort, Stop, gap_of

HOT, COLD, FROZEN = 110.0, 10.0, 1.0
"""Temperatures of the search, in kilometre equivalents: usual days settle between the first two, single dates below."""
SETTLED = 0.9
"""Share of the budget after which the usual days are settled."""
PROPOSALS_A_COMMUNE = 900_000
"""Length of a cooling, for each commune: beyond it another cooling gains more than a longer one."""
MEASURED = 0.05
"""Share of a thread's budget that tells its pace."""
SEARCHERS = 2
CHUNK = 20_000
"""Proposals between two looks at the stopping criterion: about a hundredth of a second."""
LOOK_EVERY_SECONDS = 0.1
OPTIMAL = 1e-6


class PlannerDefectError(RuntimeError):
    """The planner contradicts itself (an illegal plan, or one below its bound): a defect, never a result."""


class Status(StrEnum):
    """How a search ended."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """A legal plan, what it costs rule by rule, and what is proved about it. Costs are kilometre equivalents."""

    plan: Plan
    status: Status
    cost: float
    parts: Parts
    lower_bound: float
    bound_model: str
    lower_bound_any: float
    seed: int
    proposals: int

    @property
    def gap(self) -> float:
        """What could still be won at most: 1 - lower bound / cost."""
        return gap_of(self.cost, self.lower_bound)


def temperature_at(share: float) -> float:
    """Return the temperature when this share of a cooling is spent: geometric down to COLD, then quicker to FROZEN."""
    if share < SETTLED:
        return HOT * float((COLD / HOT) ** (share / SETTLED))
    return COLD * float((FROZEN / COLD) ** ((share - SETTLED) / (1 - SETTLED)))


def solve(
    problem: Problem,
    *,
    stop: Stop,
    seed: int = 0,
    start: Plan | None = None,
    listen: Listener | None = None,
    interrupted: Callable[[], bool] = lambda: False,
    proven: bool = True,
) -> Solution:
    """Return the best legal plan found, with a lower bound that holds for every legal plan.

    The search begins with `start` where it is legal, else with the greedy plan. Two threads use both cores: one anneals from the
    beginning, the other proves first and anneals with what is left. With a stop that counts work only, a seed gives one plan.
    `interrupted` ends everything at once with the best plan so far, and the status « stopped ». Unless it is to be `proven`, both
    threads anneal from the beginning, and the bound is 0.
    """
    run = _Run(problem=problem, stop=stop, seed=seed, listen=listen, interrupted=interrupted, proven=proven)
    return run.result(start)


@dataclass(slots=True)
class _Best:
    """The best plan of all threads; ties go to the lower stream, so that threads do not race for the answer."""

    cost: float
    stream: int
    holder: Ints

    def offer(self, cost: float, stream: int, holder: Ints) -> None:
        if (round(cost, 6), stream) < (round(self.cost, 6), self.stream):
            self.cost, self.stream, self.holder = cost, stream, holder.copy()


@dataclass(slots=True, kw_only=True)
class _Run:
    problem: Problem
    stop: Stop
    seed: int
    listen: Listener | None
    interrupted: Callable[[], bool]
    proven: bool
    grid: Grid = field(init=False)
    best: _Best = field(init=False)
    bound: float = field(init=False, default=0.0)
    proposals: int = field(init=False, default=0)
    lock: threading.Lock = field(init=False, default_factory=threading.Lock)
    over: threading.Event = field(init=False, default_factory=threading.Event)

    def result(self, start: Plan | None) -> Solution:
        self.grid = build_grid(self.problem)
        holder = first_plan(self.grid)
        if start is not None:
            holder = min(holder, holder_of(self.problem, self.grid, start), key=self._cost_of)
        self.best = _Best(cost=self._cost_of(holder), stream=SEARCHERS, holder=holder)
        self._tell(Phase.FIRST_PLAN, 0.0)
        status = self._search(holder)
        return self._solution(status)

    def _cost_of(self, holder: Ints) -> float:
        return float(total_cost(self.grid, start_state(self.grid, holder, self.seed, 0)))

    def _search(self, holder: Ints) -> Status:
        with ThreadPoolExecutor(max_workers=SEARCHERS) as threads:
            proof = threads.submit(self._prove_then_anneal, holder)
            search = threads.submit(self._anneal, holder, 0)
            try:
                self._watch(proof, search)
            finally:
                self.over.set()
            bound = proof.result()
        self.bound = max(self.bound, bound.value)
        if self.interrupted():
            return Status.STOPPED
        return Status.OPTIMAL if self.best.cost - self.bound <= OPTIMAL else Status.FEASIBLE

    def _watch(self, *work: Future[Any]) -> None:
        """Tell how far the search is, until both threads have ended."""
        told = (0.0, 0.0)
        while wait(work, timeout=LOOK_EVERY_SECONDS, return_when=FIRST_EXCEPTION).not_done:
            if self.interrupted() or any(future.done() and future.exception() for future in work):
                self.over.set()
            now = (self.best.cost, self.bound)
            if now != told:
                told = now
                self._tell(Phase.SEARCH, min(1.0, self._share(self.proposals // SEARCHERS)))
        for future in work:
            future.result()

    def _prove_then_anneal(self, holder: Ints) -> Bound:
        if not self.proven:
            self._anneal(holder, 1)
            return Bound(value=0.0, converged=False, iterations=0)
        bound = prove(self.problem, self.grid, holder=holder, seed=self.seed, goes_on=self._proof_goes_on, tell=self._raise_bound)
        self._anneal(holder, 1)
        return bound

    def _proof_goes_on(self) -> bool:
        return not self.over.is_set() and self.stop.share(Effort(proposals=0, cost=self.best.cost, lower_bound=self.bound)) < 1

    def _raise_bound(self, value: float) -> None:
        with self.lock:
            self.bound = max(self.bound, value)

    def _share(self, proposals: int) -> float:
        return self.stop.share(Effort(proposals=proposals, cost=self.best.cost, lower_bound=self.bound))

    def _anneal(self, holder: Ints, stream: int) -> None:
        """Cool over the share of the budget that is left: once, or several times from the first plan when it is ample."""
        state = start_state(self.grid, holder, self.seed, stream)
        proposals, coolings, cooling = 0, 1, 0
        begun = share = self._share(0)
        while share < 1 and not self.over.is_set():
            spent = (share - begun) / (1 - begun)
            if cooling == 0 and spent < MEASURED:
                coolings = self._coolings(proposals, spent)
            if int(spent * coolings) > cooling:
                cooling = int(spent * coolings)
                state = start_state(self.grid, holder, self.seed, stream + SEARCHERS * cooling)
            temperature = temperature_at(spent * coolings - cooling)
            anneal(self.grid, state, CUMULATED, temperature, temperature, CHUNK)
            proposals += CHUNK
            with self.lock:
                self.proposals += CHUNK
                self.best.offer(float(state.cost[1]), stream, state.best)
            share = self._share(proposals)

    def _coolings(self, proposals: int, spent: float) -> int:
        """Return how many coolings of full length the whole budget has room for, at the pace of what is spent of it."""
        full = PROPOSALS_A_COMMUNE * len(self.problem.communes)
        return max(1, int(proposals / spent / full)) if spent > 0 else 1

    def _tell(self, phase: Phase, share: float) -> None:
        if self.listen is None:
            return
        with self.lock:
            cost, holder = self.best.cost, self.best.holder.copy()
        plan = plan_of(self.problem, self.grid, holder)
        self.listen(Progress(phase=phase, cost=cost, lower_bound=self.bound, share=share, plan=plan))

    def _solution(self, status: Status) -> Solution:
        plan = plan_of(self.problem, self.grid, self.best.holder)
        faults = check(self.problem, plan)
        parts = price(self.problem, plan)
        cost = parts.total(self.problem.weights)
        if faults:
            raise PlannerDefectError(f"the plan is not legal: {faults[0].message}")
        # A bound is a sum of floats, a cost has one decimal: the last tenth is not claimed.
        bound = max(0.0, int((self.bound + 1e-6) * 10) / 10)
        if cost < bound:
            raise PlannerDefectError(f"the plan costs {cost}, below its bound {bound}")
        if cost - bound <= OPTIMAL:
            status = Status.OPTIMAL
        return Solution(
            plan=plan,
            status=status,
            cost=cost,
            parts=parts,
            lower_bound=bound,
            bound_model=MODEL,
            lower_bound_any=bound,
            seed=self.seed,
            proposals=self.proposals,
        )
