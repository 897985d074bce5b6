"""A worker: runs the queue, beats while it lives, and ticks every minute even while a long task runs."""

from __future__ import annotations

import logging
import threading
import time

from django.conf import settings
from django.db import OperationalError, close_old_connections, connection
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker as Queue

from escale.config import due, workers

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 0.5
SECONDS_BETWEEN_TRIES = 2.0
BEATS_IN_A_SILENCE = 6
"""Beats that must be missed, one after the other, before a worker counts as dead."""


def run(*, batch: bool = False) -> None:
    """Run tasks until a SIGTERM or SIGINT (a second one does not wait for the task); a batch ends with the queue."""
    worker = get_random_string(32)
    workers.beat(worker)
    stop = threading.Event()
    pulse = threading.Thread(target=_pulse, args=(worker, stop), name="pulse", daemon=True)
    pulse.start()
    try:
        queue = _queue(worker, batch=batch)
        queue.configure_signals()
        keep_running(queue, worker)
    finally:
        stop.set()
        pulse.join()
        workers.forget(worker)


def keep_running(queue: Queue, worker: str) -> None:
    """Run the queue; a database that is locked or away for a while ends nothing, and the task that it cut short is put back."""
    while queue.running:
        try:
            workers.put_back_tasks_of(worker)
            queue.run()
        except OperationalError:
            logger.exception("worker %s could not read its queue, and tries again", worker)
            close_old_connections()
            time.sleep(SECONDS_BETWEEN_TRIES)
        else:
            return


def _queue(worker: str, *, batch: bool) -> Queue:
    return Queue(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=SECONDS_BETWEEN_LOOKS,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker,
    )


def _pulse(worker: str, stop: threading.Event) -> None:
    """Beat, look after the tasks of the dead, and tick. Nothing that fails here may silence the worker."""
    try:
        while not stop.wait(settings.WORKER_SILENCE / BEATS_IN_A_SILENCE):
            close_old_connections()
            try:
                workers.beat(worker)
                workers.put_back_lost_tasks()
                # Every beat may tick: what is done for this minute, or for this day, is not done again.
                due.tick(due.moment(None))
            except Exception:
                logger.exception("the pulse of worker %s missed a beat", worker)
    finally:
        connection.close()
