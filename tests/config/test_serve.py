"""The whole installation as one command: its parts start together, and none outlives the others."""

from __future__ import annotations

import os
import signal
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from escale.config.processes import run_together
from tests.config.installation import Command, Installation, installed, wait_until

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = [sys.executable, "-c", "import signal, time; signal.signal(15, signal.SIG_IGN); print(1); time.sleep(60)"]


def children() -> set[int]:
    return {child.pid for child in psutil.Process().children()}


def test_when_one_part_ends_the_others_are_stopped_and_it_is_said() -> None:
    before = children()
    said: list[str] = []

    status = run_together({"Le court": [sys.executable, "-c", "raise SystemExit(3)"], "Le long": SLEEP}, say=said.append)

    assert status == 1
    assert said == ["Le court s’est arrêté (code 3) : tout s’arrête."]
    assert children() == before


def test_a_part_that_cannot_start_leaves_no_other_alive() -> None:
    before = children()
    with pytest.raises(FileNotFoundError):
        run_together({"Le long": SLEEP, "L’absent": ["/nowhere/at/all"]}, say=str)

    assert children() == before


def test_a_part_that_does_not_listen_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    before = children()
    monkeypatch.setattr("escale.config.processes.GRACE_SECONDS", 0.5)
    ends_soon = [sys.executable, "-c", "import time; time.sleep(1)"]

    assert run_together({"Le sourd": STUBBORN, "Le court": ends_soon}, say=str) == 1
    assert children() == before


def test_the_signals_of_the_program_are_its_own_again_afterwards() -> None:
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)

    run_together({"Le court": [sys.executable, "-c", ""]}, say=str)

    assert (signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)) == before


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installed(tmp_path_factory.mktemp("serve"), f"escale_serve_{os.getpid()}") as made:
        yield made


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        return int(server.getsockname()[1])


def answers(port: int) -> bool:
    """Tell whether someone speaks HTTP there, whatever the answer."""
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/compte/", timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def family(process: Command) -> list[psutil.Process]:
    children: list[psutil.Process] = psutil.Process(process.pid).children(recursive=True)
    return children


def serving(installation: Installation) -> tuple[Command, int, list[psutil.Process]]:
    port = free_port()
    process = installation.start("serve", "--port", str(port))
    wait_until(lambda: answers(port), "the pages answer")
    wait_until(lambda: len(family(process)) >= 4, "gunicorn, its two hands and the worker are there")
    return process, port, family(process)


def all_gone(processes: list[psutil.Process]) -> bool:
    return not any(process.is_running() and process.status() != psutil.STATUS_ZOMBIE for process in processes)


@pytest.mark.slow
@pytest.mark.parametrize(("asked", "status"), [(signal.SIGINT, 0), (signal.SIGTERM, 0), (signal.SIGKILL, -signal.SIGKILL)])
def test_nothing_is_left_when_the_whole_stops(asked: signal.Signals, status: int, installation: Installation) -> None:
    process, port, parts = serving(installation)

    process.send_signal(asked)

    assert process.wait(timeout=30) == status
    wait_until(lambda: all_gone(parts), "every part is gone")
    assert not answers(port)


@pytest.mark.slow
def test_when_a_part_dies_the_whole_stops_and_says_which(installation: Installation) -> None:
    process, _port, parts = serving(installation)
    worker = next(part for part in parts if "worker" in part.cmdline())

    worker.kill()

    assert process.wait(timeout=30) == 1
    assert "Le processus des tâches s’est arrêté" in process.said.read_text(encoding="utf-8")
    wait_until(lambda: all_gone(parts), "every part is gone")


@pytest.mark.slow
def test_a_port_that_is_taken_is_said_before_anything_starts(installation: Installation) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        process = installation.start("serve", "--port", str(taken.getsockname()[1]))
        status = process.wait(timeout=30)

    assert status == 1
    assert "en choisir un autre avec --port" in process.said.read_text(encoding="utf-8")


@pytest.mark.slow
def test_no_socket_is_left_in_the_home_folder(installation: Installation, tmp_path: Path) -> None:
    installation.environment["HOME"] = str(tmp_path)
    process, _port, _parts = serving(installation)

    process.send_signal(signal.SIGTERM)
    process.wait(timeout=30)

    assert list(tmp_path.iterdir()) == []
