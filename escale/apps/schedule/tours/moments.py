"""When the command began, and whether somebody asked it to stop."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

LOADED = time.monotonic()
STAT = Path("/proc/self/stat")
START_FIELD = 19
"""The place of « starttime » after the name of the program (proc(5), field 22)."""
TICKS_A_SECOND = 100
"""Linux tells the times of a process in hundredths of a second, whatever the machine."""


def begun() -> float:
    """Return when this process was started, on the monotonic clock: a time limit counts the interpreter and the imports."""
    try:
        ticks = int(STAT.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[START_FIELD])
        age = time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / TICKS_A_SECOND
    except (OSError, ValueError, IndexError, AttributeError):
        return LOADED  # not Linux: the interpreter's own second is left out
    return time.monotonic() - max(0.0, age)


@dataclass(slots=True)
class Asked:
    """Whether a signal asked to stop."""

    to_stop: bool = False

    def note(self, *_signal: object) -> None:
        """Remember it."""
        self.to_stop = True


@contextmanager
def stoppable() -> Iterator[Asked]:
    """Turn Ctrl-C and SIGTERM into a wish that the work looks at, so that the best plan so far is kept."""
    asked = Asked()
    before = {number: signal.signal(number, asked.note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
