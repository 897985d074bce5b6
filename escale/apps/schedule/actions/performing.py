"""What a worker writes of a search: that it begins, how far it is, how it ends. Only the last attempt may write.

A task may be run again while its first worker, cut off from the database, lives on: each attempt has a number, and what an
older one says is refused.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, SystemActor, require
from escale.apps.audit.models import Entry
from escale.apps.schedule.actions.keeping import require_legal
from escale.apps.schedule.models import Run, RunStatus
from escale.apps.territory.models import Epci
from escale.core.planning.files import plan_to
from escale.core.planning.plan import Plan
from escale.core.planning.problem import Problem
from escale.core.planning.progress import Progress

ACTOR = SystemActor(actor_id="planner")
LIVE = (TaskResultStatus.READY, TaskResultStatus.RUNNING)


@transaction.atomic
def begin_run(*, actor: SystemActor = ACTOR, key: int) -> Run | None:
    """Take a search, for the first time or again; return nothing when it has ended."""
    run = Run.objects.select_for_update().filter(pk=key).under_way().first()
    if run is None:
        return None
    run.attempt += 1
    run.status, run.started_at = RunStatus.RUNNING.value, timezone.now()
    run.phase, run.share, run.cost, run.lower_bound = "", 0.0, None, None
    run.save(update_fields=["attempt", "status", "started_at", "phase", "share", "cost", "lower_bound"])
    events.record("schedule.run_begun", actor=actor, epci=run.epci.siren, subject=run, attempt=run.attempt)
    return run


def report_progress(*, run: Run, progress: Progress) -> None:
    """Tell how far a search is; no audit line, since nothing is decided."""
    Run.objects.filter(pk=run.pk, attempt=run.attempt).under_way().update(
        phase=progress.phase.value,
        share=min(1.0, max(0.0, progress.share)),
        cost=progress.cost,
        lower_bound=progress.lower_bound,
    )


def stop_is_asked(*, run: Run) -> bool:
    """Tell whether a search should end: somebody asks for it, or another worker has taken it."""
    mine = Run.objects.filter(pk=run.pk, attempt=run.attempt, stop_requested=False).under_way()
    return not mine.exists()


@transaction.atomic
def finish_run(*, actor: SystemActor = ACTOR, run: Run, problem: Problem, plan: Plan, result: dict[str, Any]) -> bool:
    """Keep the plan of a search if it breaks no rule; return whether this attempt was the one to say so."""
    require_legal(problem, plan)
    # The draft that follows asks for the EPCI: whoever asks for a search locks it before the search too.
    Epci.objects.select_for_update().get(pk=run.epci_id)
    mine = _mine(run)
    if mine is None:
        return False
    stopped = mine.stop_requested and result["status"] == "stopped"
    mine.status = (RunStatus.STOPPED if stopped else RunStatus.DONE).value
    mine.finished_at, mine.phase, mine.share = timezone.now(), "", 1.0
    mine.cost, mine.lower_bound = result["cost"], result["lower_bound"]
    mine.plan, mine.result = plan_to(plan), result
    mine.save()
    told = {name: result[name] for name in ("status", "cost", "lower_bound")}
    events.record("schedule.run_finished", actor=actor, epci=mine.epci.siren, subject=mine, **told)
    return True


@transaction.atomic
def fail_run(*, actor: SystemActor = ACTOR, run: Run, reason: str) -> None:
    """Say that a search came to nothing, and why."""
    mine = _mine(run)
    if mine is None:
        return
    mine.status, mine.finished_at, mine.error = RunStatus.FAILED.value, timezone.now(), reason
    mine.save(update_fields=["status", "finished_at", "error"])
    events.record("schedule.run_failed", actor=actor, epci=mine.epci.siren, subject=mine)


def _mine(run: Run) -> Run | None:
    return Run.objects.select_for_update().filter(pk=run.pk, attempt=run.attempt).under_way().first()


@transaction.atomic
def give_up_lost_runs(*, actor: Actor) -> int:
    """Fail the searches whose task was given up because its workers died one after the other; return how many."""
    require(actor, "schedule.give_up", "installation")
    running = {run.pk: run for run in Run.objects.filter(status=RunStatus.RUNNING.value)}
    asked = Entry.objects.filter(event="schedule.run_requested", subject_id__in=[str(key) for key in running])
    lost = [running[int(entry.subject_id)] for entry in asked if not _has_task(entry)]
    for run in lost:
        fail_run(run=run, reason="ses processus sont morts l’un après l’autre ; demander une nouvelle recherche")
    return len(lost)


def _has_task(entry: Entry) -> bool:
    living = DBTaskResult.objects.filter(status__in=LIVE, task_path__endswith=".perform_requested_run")
    return any(task.args_kwargs["args"] == [entry.pk] for task in living)
