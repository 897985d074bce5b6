"""A worker: runs the queue, beats while it lives, and ticks every minute even while a long task runs."""

from __future__ import annotations

import logging
import threading

from django.db import close_old_connections, connection
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker as Queue

from escale.config import due, workers

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_BEATS = 5
SECONDS_BETWEEN_LOOKS = 0.5


def run(*, batch: bool = False) -> None:
    """Run tasks until a SIGTERM or SIGINT (a second one does not wait for the task); a batch ends with the queue."""
    worker = get_random_string(32)
    workers.beat(worker)
    workers.put_back_lost_tasks()
    stop = threading.Event()
    pulse = threading.Thread(target=_pulse, args=(worker, stop), name="pulse", daemon=True)
    pulse.start()
    try:
        queue = _queue(worker, batch=batch)
        queue.configure_signals()
        queue.run()
    finally:
        stop.set()
        pulse.join()
        workers.forget(worker)


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
    """Beat, and tick when a minute begins. Nothing that fails here may silence the worker."""
    minute = None
    try:
        while not stop.wait(SECONDS_BETWEEN_BEATS):
            close_old_connections()
            try:
                workers.beat(worker)
                now = due.moment(None)
                if minute != (minute := now.replace(second=0, microsecond=0)):
                    due.tick(now)
            except Exception:
                logger.exception("the pulse of worker %s missed a beat", worker)
    finally:
        connection.close()
