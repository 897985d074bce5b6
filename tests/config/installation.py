"""An installation beside the tests, with a database and processes of its own, on the engine that the tests run on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from tests.architecture.source import ROOT

PATIENCE = 240
SILENCE = 4
"""Seconds, so that a test waits for a dead worker as long as it must and no longer."""


class Command(subprocess.Popen[bytes]):
    """A command that runs, and the file that holds what it says."""

    said: Path


class Installation:
    """Runs commands as someone at a terminal would."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.environment = {
            **os.environ,
            "DATABASE_URL": url,
            "ESCALE_VAR": str(folder),
            "ESCALE_WORKER_SILENCE": str(SILENCE),
            "PYTHONUNBUFFERED": "1",
        }
        self.processes: list[Command] = []

    def start(self, *arguments: str) -> Command:
        """Start a command, and go on."""
        # A file takes whatever is said; a pipe that nobody reads would fill up and hold the command.
        with (self.folder / f"said-{len(self.processes)}").open("w") as said:
            command = [sys.executable, "manage.py", *arguments]
            process = Command(command, cwd=ROOT, env=self.environment, stdout=said, stderr=subprocess.STDOUT)
        process.said = Path(said.name)
        self.processes.append(process)
        return process

    def run(self, *arguments: str) -> str:
        """Run a command to its end, and return what it says."""
        process = self.start(*arguments)
        assert process.wait(timeout=PATIENCE) == 0, process.said.read_text(encoding="utf-8")
        return process.said.read_text(encoding="utf-8")

    def ask(self, question: str) -> Any:
        """Return the value of an expression inside the installation."""
        imports = "import json; from django_tasks_db.models import DBTaskResult; from tests.config.tasks import *"
        return json.loads(self.run("shell", "-v0", "-c", f"{imports}; print(json.dumps({question}))"))

    def close(self) -> None:
        """End what still runs."""
        for process in self.processes:
            if process.poll() is None:
                process.kill()
            process.wait()


@contextmanager
def installed(folder: Path, name: str) -> Iterator[Installation]:
    """Make an installation in a folder, and take it away."""
    with _database(folder, name) as url:
        installation = Installation(folder, url)
        installation.run("migrate", "-v0")
        try:
            yield installation
        finally:
            installation.close()


@contextmanager
def _database(folder: Path, name: str) -> Iterator[str]:
    server = os.environ.get("DATABASE_URL")
    if server is None:
        yield f"sqlite:///{folder / 'escale.sqlite3'}"
        return
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield server.replace("/postgres?", f"/{name}?")
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def wait_until(happens: Callable[[], bool], what: str) -> None:
    """Wait for something, patiently, and fail when it does not come."""
    deadline = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < deadline, f"{what}: not after {PATIENCE} s"
        time.sleep(0.05)
