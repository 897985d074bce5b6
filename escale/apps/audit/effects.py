"""What an event brings about: functions that run with it, tasks that follow it. The table is the installation's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django_tasks.base import Task

from escale.apps.audit.models import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """A change of state that holds or fails together with the event: run in its transaction."""

    function: Callable[[Entry], None]

    def follow(self, entry: Entry) -> None:
        """Run the function at once."""
        self.function(entry)


@dataclass(frozen=True, slots=True, kw_only=True)
class After:
    """Work that may wait or be tried again, such as a message: a task that is given the key of the entry.

    The queue is in the same database: a worker sees the task when the transaction commits, and not at all otherwise.
    """

    task: Task[[int], Any]

    def follow(self, entry: Entry) -> None:
        """Put the task in the queue."""
        self.task.enqueue(entry.pk)


Effect = Within | After
Table = Mapping[str, tuple[Effect, ...]]

_installed: dict[str, tuple[Effect, ...]] = {}


def install(table: Table) -> None:
    """Replace the table that `events.record` reads; done once, when all applications are ready."""
    _installed.clear()
    _installed.update(table)


def effects_of(event: str) -> tuple[Effect, ...]:
    """Return what an event brings about, in order."""
    return _installed.get(event, ())
