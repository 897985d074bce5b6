"""Many problems, one task each: gathered once, planned once, taken up again where a worker died."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.schedule.actions.keeping import require_legal
from escale.apps.schedule.answers import fingerprint_of
from escale.apps.schedule.models import Batch, BatchItem, ItemState
from escale.core.planning.files import plan_to, problem_to
from escale.core.planning.plan import Plan
from escale.core.planning.problem import Problem

LIVE = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
AT_ONCE = 100
"""Rows written by one statement: a problem may be a hundred kilobytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What one problem of a batch may cost: seconds, or proposals for each of its communes."""

    seed: int = 0
    seconds: float | None = None
    work_per_commune: int | None = None
    prove: bool = False


@transaction.atomic
def gather_batch(*, actor: Actor, name: str, problems: Iterable[tuple[str, Problem]], budget: Budget) -> Batch:
    """Keep problems by their keys, to be planned within a budget.

    What is planned stays so as long as neither its problem nor the budget changes; the rest waits.
    """
    require(actor, "schedule.batch", "installation")
    values = {
        "seed": budget.seed,
        "seconds": budget.seconds,
        "work_per_commune": budget.work_per_commune,
        "prove": budget.prove,
    }
    batch = Batch.objects.select_for_update().filter(name=name).first()
    if batch is None:
        batch = Batch.objects.create(name=name, **values)
    elif any(getattr(batch, field) != value for field, value in values.items()):
        batch.items.all().delete()
        Batch.objects.filter(pk=batch.pk).update(**values)
        batch.refresh_from_db()
    known = dict(batch.items.values_list("key", "fingerprint"))
    rows = []
    for key, problem in problems:
        written = problem_to(problem)
        fingerprint = fingerprint_of(written)
        if known.pop(key, None) != fingerprint:
            rows.append(BatchItem(batch=batch, key=key, problem=written, fingerprint=fingerprint))
    # What is no longer asked for goes, and a problem that changed is another one.
    batch.items.filter(key__in=[*known, *(row.key for row in rows)]).delete()
    BatchItem.objects.bulk_create(rows, batch_size=AT_ONCE)
    if rows or known:
        events.record("schedule.batch_gathered", actor=actor, epci=None, subject=batch, added=len(rows), removed=len(known))
    return batch


@transaction.atomic
def enqueue_batch(*, actor: Actor, batch: Batch) -> int:
    """Give a task to each problem that is not planned and has no living task; return how many tasks were added."""
    from escale.apps.schedule.tasks import plan_item

    require(actor, "schedule.batch", "installation")
    Batch.objects.select_for_update().get(pk=batch.pk)
    waiting = list(batch.items.exclude(state=ItemState.DONE.value).only("pk", "task", "state"))
    alive = {str(key) for key in DBTaskResult.objects.filter(status__in=LIVE).values_list("pk", flat=True)}
    orphans = [item for item in waiting if item.task not in alive]
    for item in orphans:
        item.task = str(plan_item.enqueue(item.pk).id)
        item.state, item.error = ItemState.QUEUED.value, ""
    BatchItem.objects.bulk_update(orphans, ["task", "state", "error"], batch_size=AT_ONCE)
    return len(orphans)


@transaction.atomic
def begin_item(*, key: int) -> BatchItem | None:
    """Take a problem, for the first time or again; return nothing when it is planned, or is no longer asked for."""
    item = BatchItem.objects.select_for_update(of=("self",)).select_related("batch").filter(pk=key).first()
    if item is None or item.state == ItemState.DONE:
        return None
    item.state, item.attempt = ItemState.RUNNING.value, item.attempt + 1
    item.save(update_fields=["state", "attempt"])
    return item


@transaction.atomic
def finish_item(*, item: BatchItem, problem: Problem, plan: Plan, result: dict[str, Any]) -> bool:
    """Keep the plan of a problem if it breaks no rule; return whether this attempt was the one to say so."""
    require_legal(problem, plan)
    mine = BatchItem.objects.filter(pk=item.pk, attempt=item.attempt, state=ItemState.RUNNING.value)
    return bool(mine.update(state=ItemState.DONE.value, plan=plan_to(plan), result=result))


@transaction.atomic
def fail_item(*, item: BatchItem, reason: str) -> None:
    """Say that a problem could not be planned, and why."""
    mine = BatchItem.objects.filter(pk=item.pk, attempt=item.attempt, state=ItemState.RUNNING.value)
    mine.update(state=ItemState.FAILED.value, error=reason)


@transaction.atomic
def give_up_lost_items(*, actor: Actor, batch: Batch) -> int:
    """Fail the problems whose task was given up because its workers died; return how many."""
    require(actor, "schedule.batch", "installation")
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).values_list("pk", flat=True)
    under_way = batch.items.filter(state__in=[ItemState.QUEUED.value, ItemState.RUNNING.value])
    lost = under_way.filter(task__in=[str(key) for key in failed])
    return lost.update(
        state=ItemState.FAILED.value, error="ses processus sont morts l’un après l’autre", attempt=F("attempt") + 1
    )
