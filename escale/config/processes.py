"""Run several programs as one: they start together, and none outlives the others."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

GRACE_SECONDS = 10
"""How long a program may take to finish what it does once it is asked to stop."""
LOOK_SECONDS = 0.1
PR_SET_PDEATHSIG = 1

Program = subprocess.Popen[bytes]


def run_together(programs: Mapping[str, Sequence[str]], *, say: Callable[[str], object]) -> int:
    """Run named commands until one ends or a signal asks to stop, then stop all; return 0 when it was asked, else 1."""
    with _asked_to_stop() as asked:
        running: dict[str, Program] = {}
        try:
            for name, command in programs.items():
                running[name] = _start(command)
            while not asked.times:
                for name, program in running.items():
                    if (status := program.poll()) is not None:
                        say(f"{name} s’est arrêté (code {status}) : tout s’arrête.")
                        return 1
                time.sleep(LOOK_SECONDS)
            return 0
        finally:
            _stop(list(running.values()), asked)


@dataclass(slots=True)
class _Asked:
    """How many times a signal asked to stop: once politely, twice at once."""

    times: int = 0

    def note(self, *_signal: object) -> None:
        self.times += 1


@contextmanager
def _asked_to_stop() -> Iterator[_Asked]:
    asked = _Asked()
    before = {number: signal.signal(number, asked.note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _start(command: Sequence[str]) -> Program:
    # A session of its own: Ctrl-C reaches this process alone, which stops all in order, children of children included.
    return subprocess.Popen(  # noqa: S603 - the commands are written in this program
        command, start_new_session=True, preexec_fn=_end_with_parent
    )


def _end_with_parent() -> None:
    """Ask Linux to stop this child when its parent is killed and can no longer do it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _stop(programs: list[Program], asked: _Asked) -> None:
    for program in programs:
        program.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    while any(program.poll() is None for program in programs) and time.monotonic() < deadline and asked.times < 2:
        time.sleep(LOOK_SECONDS)
    for program in programs:
        if program.poll() is None:
            os.killpg(program.pid, signal.SIGKILL)
        program.wait()
