"""The queue of the house, worked off by the test itself: nobody looks at a page meanwhile."""

from __future__ import annotations

from django_tasks_db.management.commands.db_worker import Worker


def work_off() -> None:
    """Do what is waiting in the queue, as a worker does."""
    Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0.01,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="play",
    ).run()
