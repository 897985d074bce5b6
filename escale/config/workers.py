"""Workers that are alive, and the tasks of those that died: put back in the queue, or given up after three tries."""

from __future__ import annotations

import datetime as dt
import logging

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from escale.config.models import WorkerBeat

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 3


class WorkerLostError(RuntimeError):
    """The worker of a task died as many times as a task may be tried."""


def beat(worker: str) -> None:
    """Say that a worker is alive now."""
    WorkerBeat.objects.update_or_create(worker=worker, defaults={"seen_at": timezone.now()})


def forget(worker: str) -> None:
    """Take leave of a worker that stops by itself: a task that it still holds is put back at once."""
    WorkerBeat.objects.filter(worker=worker).delete()


def put_back_lost_tasks() -> int:
    """Put back the tasks whose worker has been silent for too long; return how many were found.

    A worker that is killed with -9 or loses its machine says nothing: its silence is all that there is to read.
    """
    oldest = timezone.now() - dt.timedelta(seconds=settings.WORKER_SILENCE)
    WorkerBeat.objects.filter(seen_at__lt=oldest).delete()
    with transaction.atomic():
        running = list(DBTaskResult.objects.running().select_for_update(skip_locked=True))
        # Read after the tasks: a worker beats before it takes its first task, so none of these is too new to be seen.
        alive = set(WorkerBeat.objects.values_list("worker", flat=True))
        lost = [task for task in running if task.worker_ids[-1] not in alive]
        for task in lost:
            _put_back(task)
    return len(lost)


def put_back_tasks_of(worker: str) -> None:
    """Put back what a worker that runs nothing now still holds."""
    with transaction.atomic():
        for task in DBTaskResult.objects.running().select_for_update(skip_locked=True):
            if task.worker_ids[-1] == worker:
                _put_back(task)


def _put_back(task: DBTaskResult[..., object]) -> None:
    if len(task.worker_ids) >= MOST_ATTEMPTS:
        logger.error("task %s given up: its worker died %s times", task.task_path, len(task.worker_ids))
        task.set_failed(WorkerLostError(f"its worker died {len(task.worker_ids)} times"))
        return
    logger.warning("task %s put back: its worker died", task.task_path)
    task.status = TaskResultStatus.READY
    task.started_at = None
    task.save(update_fields=["status", "started_at"])
