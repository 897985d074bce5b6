"""« Pourquoi pas le mardi matin ? » : the rule that forbids a usual day, or what it would cost and whom it would move."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from escale.core.calendar.halfdays import Window
from escale.core.planning.check import Parts, check, cost_of, price
from escale.core.planning.explaining import words
from escale.core.planning.explaining.changes import Change, changes, undo_needless
from escale.core.planning.explaining.forced import SEARCHERS, cheapest_with
from escale.core.planning.explaining.obstacles import Reason, obstacle
from escale.core.planning.explaining.starts import Wish, best_starts, fulfils
from escale.core.planning.explaining.usual import has_usual_day_in, usual_day
from escale.core.planning.faults import ProblemError
from escale.core.planning.grid import Grid, Ints, build_grid, holder_of, pattern_of, plan_of
from escale.core.planning.pattern.program import Program, build_program
from escale.core.planning.pattern.proof import Optimum, contents_of, prove_optimum
from escale.core.planning.pattern.usual_days import misfit
from escale.core.planning.plan import Plan
from escale.core.planning.problem import Problem
from escale.core.planning.stops import Clock

EXACT_MODEL = "patterns-blocked"
"""Each commune keeps one usual day; a visit moves only when its date is a holiday or a leave (docs/planning-explain.md)."""
SEARCH_SHARE = 0.9
"""Share of the time that the search may take; what is left undoes needless changes."""
SEARCH_SECONDS = 2.0
"""What the upper bound takes of the time of an exact answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A legal plan that has the usual day asked for: what it costs more than the given one, and whom it moves."""

    delta: float
    moves: tuple[Change, ...]
    plan: Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a commune does not have its usual day in a window, or what that would take. Costs are kilometre equivalents.

    `delta_upper`: a legal plan that has it, `plan`, costs this much more than the given one; the cheapest may cost less.
    It is negative when the given plan was not the best. `exchange` is the cheapest plain exchange: dearer, but it moves few.
    `delta_exact`: the difference between two proved optima of `exact_model`, and of nothing else.
    """

    commune: str
    window: Window
    allowed: bool
    rule: Reason | None
    words: str
    delta_upper: float | None = None
    moves: tuple[Change, ...] = ()
    plan: Plan | None = None
    exchange: Way | None = None
    seconds: float = 0.0
    delta_exact: float | None = None
    exact_model: str | None = None
    exact_missing: str | None = None


def explain(
    problem: Problem, plan: Plan, *, commune: str, window: Window, clock: Clock, seconds: float = 0.8, seed: int = 0
) -> Explanation:
    """Answer why the commune does not have its usual day in the window of a legal plan, within about `seconds`.

    Raise ProblemError when the commune is unknown or the plan is not legal.
    """
    begin = clock()
    known = _known(problem, plan, commune, window)
    answer = known or _Question(problem, plan, commune, window).answer(clock, seconds, seed, begin=begin)
    return replace(answer, seconds=clock() - begin)


def explain_exactly(
    problem: Problem, plan: Plan, *, commune: str, window: Window, clock: Clock, seconds: float = 15.0, seed: int = 0
) -> Explanation:
    """Answer as `explain` does, with the exact difference in the pattern program when that can be proved within `seconds`.

    `exact_missing` says in French why there is no exact difference. Raise ProblemError as `explain` does.
    """
    begin = clock()
    known = _known(problem, plan, commune, window)
    if known is not None:
        there = known.rule is Reason.ALREADY_THERE
        return replace(known, seconds=clock() - begin, exact_missing="la commune y est déjà" if there else "une règle l'interdit")
    question = _Question(problem, plan, commune, window)
    deadline = begin + seconds - min(SEARCH_SECONDS, seconds / 4)
    reason, free, forced, starts = misfit(problem, question.grid), None, None, list[Ints]()
    if reason is None:
        program = build_program(problem, question.grid)
        free, forced = _both_optima(program, question.wish, lambda: deadline - clock())
        if forced is not None:
            starts.append(question.within(contents_of(program, question.grid, forced)))
    answer = question.answer(clock, min(SEARCH_SECONDS, seconds / 4), seed, begin=clock(), others=starts)
    if free is None or forced is None:
        missing = reason or f"les deux optimums n'ont pas été prouvés en {words.number(seconds)} s"
        return replace(answer, seconds=clock() - begin, exact_missing=missing)
    delta = round(forced.cost - free.cost, 1)
    return replace(
        answer,
        delta_exact=delta,
        exact_model=EXACT_MODEL,
        words=f"{answer.words} {words.exact_words(delta, EXACT_MODEL)}",
        seconds=clock() - begin,
    )


def _known(problem: Problem, plan: Plan, code: str, window: Window) -> Explanation | None:
    """Return the answer that needs no search."""
    commune = problem.commune(code)
    faults = check(problem, plan)
    if faults:
        raise ProblemError(place="plan", message=f"le planning n'est pas légal ({faults[0].message}) ; le corriger d'abord")
    day = usual_day(plan, code)
    if day is not None and has_usual_day_in(plan.by_commune[code], window, commune.visits_per_month):
        return Explanation(
            commune=code,
            window=window,
            allowed=True,
            rule=Reason.ALREADY_THERE,
            words=words.already_there(commune.name, day),
            delta_upper=0.0,
            plan=plan,
        )
    found = obstacle(problem, commune, window)
    if found is None:
        return None
    return Explanation(commune=code, window=window, allowed=False, rule=found.reason, words=found.words)


def _both_optima(program: Program, wish: Wish, remaining: Clock) -> tuple[Optimum | None, Optimum | None]:
    """Prove the optimum, and the optimum with the wish, side by side: HiGHS leaves the interpreter to the other thread."""
    everything = np.ones(len(program.cost), np.bool_)
    with ThreadPoolExecutor(2) as pool:
        free = pool.submit(prove_optimum, program, everything, remaining=remaining)
        forced = pool.submit(prove_optimum, program, program.columns_with(wish.commune, wish.patterns), remaining=remaining)
        return free.result(), forced.result()


class _Question:
    """One commune, one window, and the plan as slot contents; the places of make-ups are taken."""

    def __init__(self, problem: Problem, plan: Plan, commune: str, window: Window) -> None:
        self._problem = problem
        self._plan = plan
        self._window = window
        self._commune = commune
        self.grid = _without_make_ups(problem, build_grid(problem), plan)
        self._holder = holder_of(problem, self.grid, plan)
        self.wish = Wish(commune=[c.code for c in problem.communes].index(commune), window=window)

    def within(self, contents: Ints) -> Ints:
        """Return slot contents without the visits that make-ups leave no place for."""
        return holder_of(self._problem, self.grid, plan_of(self._problem, self.grid, contents))

    def answer(self, clock: Clock, seconds: float, seed: int, *, begin: float, others: Sequence[Ints] = ()) -> Explanation:
        """Search until `seconds` after `begin`, and tell the best plan found."""
        starts = best_starts(self.grid, self._holder, self.wish, SEARCHERS)
        found = cheapest_with(
            self.grid,
            self.wish,
            [*others, *starts],
            seed=seed,
            share=lambda: (clock() - begin) / (seconds * SEARCH_SHARE) if seconds > 0 else 1.0,
        )
        best, exchange = self._way(found.holder), self._way(starts[0])
        before, after = price(self._problem, self._plan), price(self._problem, best.plan)
        return Explanation(
            commune=self._commune,
            window=self._window,
            allowed=True,
            rule=None,
            words=_told(self._window, best, exchange, before, after),
            delta_upper=best.delta,
            moves=best.moves,
            plan=best.plan,
            exchange=exchange,
        )

    def _way(self, contents: Ints) -> Way:
        """Return the plan of slot contents without its needless changes."""
        tidy = undo_needless(self.grid, self._holder, contents, accepts=lambda tried: fulfils(self.grid, tried, self.wish))
        plan = Plan(visits=plan_of(self._problem, self.grid, tidy).visits, make_ups=self._plan.make_ups)
        delta = round(cost_of(self._problem, plan) - cost_of(self._problem, self._plan), 1)
        return Way(delta=delta, moves=changes(self._problem, self._plan, plan), plan=plan)


def _told(window: Window, best: Way, exchange: Way, before: Parts, after: Parts) -> str:
    told = words.price_words(window, best.delta, before, after, best.moves)
    simpler = len(exchange.moves) < len(best.moves)
    return f"{told} {words.exchange_words(exchange.delta, exchange.moves)}" if simpler else told


def _without_make_ups(problem: Problem, grid: Grid, plan: Plan) -> Grid:
    """Return the grid without the places that make-ups hold."""
    mediators = {mediator.id: m for m, mediator in enumerate(problem.mediators)}
    months = {month: t for t, month in enumerate(problem.months)}
    allowed = grid.allowed.copy()
    for entry in plan.make_ups:
        allowed[:, grid.slot_at[mediators[entry.mediator], pattern_of(*entry.pattern), months[entry.month]]] = False
    return grid._replace(allowed=allowed)
