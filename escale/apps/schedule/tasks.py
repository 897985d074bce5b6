"""The searches, as tasks of the queue; a task that is run again starts anew, and ends well."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django_tasks import task

from escale.apps.audit.models import Entry
from escale.apps.schedule.actions.batching import begin_item, fail_item, finish_item
from escale.apps.schedule.actions.performing import begin_run, fail_run, finish_run, report_progress, stop_is_asked
from escale.apps.schedule.answers import solution_to
from escale.apps.schedule.models import Batch, BatchItem, Run
from escale.core.planning.agreed import keep_agreed
from escale.core.planning.files import problem_from
from escale.core.planning.problem import Problem
from escale.core.planning.progress import Progress
from escale.core.planning.stops import PROVED, FirstOf, GapReached, Stop, TimeLimit, WorkLimit

LOOK_SECONDS = 1.0
"""How often a search writes how far it is, and reads whether it should stop."""


@task()
def perform_requested_run(entry: int) -> None:
    """Perform the search that an entry of the log asks for."""
    key = Entry.objects.filter(pk=entry).values_list("subject_id", flat=True).first()
    if key is not None:
        perform(int(key))


def perform(key: int) -> None:
    """Search, telling how far it is, and keep the plan."""
    run = begin_run(key=key)
    if run is None:
        return
    try:
        _search(run)
    except Exception as error:
        fail_run(run=run, reason=f"{type(error).__name__} : {error}")
        raise


def _search(run: Run) -> None:
    # Here, not above: pages import this module too, and must not wait for the compiler.
    from escale.core.planning.solve import solve

    began = time.monotonic()
    problem = problem_from(run.problem)
    kept = keep_agreed(problem, freed=run.freed)
    watch = _Watch(run=run, clock=time.monotonic)
    solution = solve(
        kept,
        stop=FirstOf((TimeLimit(run.seconds, time.monotonic, began), GapReached(PROVED))),
        seed=run.seed,
        listen=watch.listen,
        interrupted=watch.interrupted,
    )
    result = solution_to(problem, solution, seed=run.seed, seconds=time.monotonic() - began)
    finish_run(run=run, problem=problem, plan=solution.plan, result=result)


@dataclass(slots=True, kw_only=True)
class _Watch:
    """Speaks with the database once a second at most, whatever the search asks."""

    run: Run
    clock: Callable[[], float]
    told_at: float = field(init=False, default=float("-inf"))
    asked_at: float = field(init=False, default=float("-inf"))
    stop: bool = field(init=False, default=False)

    def listen(self, progress: Progress) -> None:
        if self.clock() - self.told_at >= LOOK_SECONDS:
            self.told_at = self.clock()
            report_progress(run=self.run, progress=progress)

    def interrupted(self) -> bool:
        if not self.stop and self.clock() - self.asked_at >= LOOK_SECONDS:
            self.asked_at = self.clock()
            self.stop = stop_is_asked(run=self.run)
        return self.stop


@task()
def plan_item(key: int) -> None:
    """Plan one problem of a batch; a worker goes from one to the next without loading the planner again."""
    item = begin_item(key=key)
    if item is None:
        return
    try:
        _plan(item)
    except Exception as error:
        fail_item(item=item, reason=f"{type(error).__name__} : {error}")
        raise


def _plan(item: BatchItem) -> None:
    from escale.core.planning.solve import solve

    began = time.monotonic()
    batch = item.batch
    problem = problem_from(item.problem)
    solution = solve(problem, stop=_budget(batch, problem, began), seed=batch.seed, proven=batch.prove)
    result = solution_to(problem, solution, seed=batch.seed, seconds=time.monotonic() - began)
    finish_item(item=item, problem=problem, plan=solution.plan, result=result)


def _budget(batch: Batch, problem: Problem, began: float) -> Stop:
    if batch.seconds is not None:
        return TimeLimit(batch.seconds, time.monotonic, began)
    return WorkLimit((batch.work_per_commune or 0) * len(problem.communes))
