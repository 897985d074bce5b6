"""Which workers are alive, and what becomes of the tasks of those that are not."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import OperationalError
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from escale.config.models import WorkerBeat
from escale.config.worker import keep_running
from escale.config.workers import MOST_ATTEMPTS, beat, forget, put_back_lost_tasks
from tests.config.tasks import fail

pytestmark = pytest.mark.django_db


@pytest.fixture
def task() -> DBTaskResult[..., None]:
    """A task that runs in the hands of « first »."""
    beat("first")
    queued = DBTaskResult.objects.get(pk=fail.enqueue().id)
    queued.claim("first")
    return queued


def silence(worker: str, seconds: int) -> None:
    WorkerBeat.objects.filter(worker=worker).update(seen_at=timezone.now() - dt.timedelta(seconds=seconds))


def test_the_task_of_a_worker_that_beats_is_left_to_it(task: DBTaskResult[..., None]) -> None:
    silence("first", 55)

    assert put_back_lost_tasks() == 0
    task.refresh_from_db()
    assert task.status == TaskResultStatus.RUNNING


def test_the_task_of_a_silent_worker_is_put_back(task: DBTaskResult[..., None]) -> None:
    silence("first", 65)

    assert put_back_lost_tasks() == 1
    task.refresh_from_db()
    assert (task.status, task.started_at) == (TaskResultStatus.READY, None)
    assert not WorkerBeat.objects.exists()


def test_the_task_of_a_worker_that_took_leave_is_put_back_at_once(task: DBTaskResult[..., None]) -> None:
    forget("first")

    assert [put_back_lost_tasks(), put_back_lost_tasks()] == [1, 0]


def test_a_task_that_kills_every_worker_is_given_up(task: DBTaskResult[..., None]) -> None:
    for attempt in range(2, MOST_ATTEMPTS + 1):
        forget("first")
        put_back_lost_tasks()
        task.refresh_from_db()
        assert task.status == TaskResultStatus.READY, attempt
        task.claim("first")

    put_back_lost_tasks()

    task.refresh_from_db()
    assert task.status == TaskResultStatus.FAILED
    assert "its worker died 3 times" in task.traceback


def test_a_database_that_is_away_for_a_while_ends_no_worker_and_loses_no_task(
    task: DBTaskResult[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Queue:
        running = True
        runs = 0

        def run(self) -> None:
            self.runs += 1
            if self.runs == 1:
                raise OperationalError("database is locked")

    queue = Queue()
    monkeypatch.setattr("escale.config.worker.SECONDS_BETWEEN_TRIES", 0)
    # The connection of a test is never given back: its transaction would go with it.
    monkeypatch.setattr("escale.config.worker.close_old_connections", lambda: None)

    keep_running(queue, "first")  # type: ignore[arg-type]

    task.refresh_from_db()
    assert (queue.runs, task.status) == (2, TaskResultStatus.READY)
