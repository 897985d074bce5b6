"""Tasks that the tests of the worker put in a queue: they leave a mark each time that they run."""

from __future__ import annotations

import time
from pathlib import Path

from django_tasks import task


@task()
def mark(file: str, seconds: float = 0) -> None:
    """Add a line to a file, then take some time, then add another."""
    place = Path(file)
    with place.open("a", encoding="utf-8") as lines:
        lines.write("begun\n")
    time.sleep(seconds)
    with place.open("a", encoding="utf-8") as lines:
        lines.write("done\n")


@task()
def fail() -> None:
    """Fail, as code does."""
    raise ValueError("this task cannot work")
