"""Workers as processes of their own: killed, stopped and started again."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.config.installation import Installation, installed, wait_until

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installed(tmp_path_factory.mktemp("worker"), f"escale_worker_{os.getpid()}") as made:
        yield made


def lines(place: Path) -> list[str]:
    return place.read_text(encoding="utf-8").split() if place.exists() else []


def test_a_task_whose_worker_is_killed_is_done_by_another(installation: Installation, tmp_path: Path) -> None:
    file = tmp_path / "mark"
    key = installation.ask(f"str(mark.enqueue({str(file)!r}, 3).id)")
    first = installation.start("worker")
    wait_until(lambda: lines(file) == ["begun"], "the task begins")

    first.send_signal(signal.SIGKILL)
    second = installation.start("worker")

    wait_until(lambda: lines(file) == ["begun", "begun", "done"], "the task is done once more")
    second.send_signal(signal.SIGTERM)
    assert second.wait(timeout=30) == 0
    status = f"(lambda t: [t.status, len(t.worker_ids)])(DBTaskResult.objects.get(pk={key!r}))"
    assert installation.ask(status) == ["SUCCESSFUL", 2]
    assert lines(file) == ["begun", "begun", "done"]


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_that_is_asked_to_stop_finishes_its_task(
    asked: signal.Signals, installation: Installation, tmp_path: Path
) -> None:
    file = tmp_path / "mark"
    installation.ask(f"str(mark.enqueue({str(file)!r}, 1).id)")
    worker = installation.start("worker")
    wait_until(lambda: lines(file) == ["begun"], "the task begins")

    worker.send_signal(asked)

    assert worker.wait(timeout=30) == 0
    assert lines(file) == ["begun", "done"]


def test_two_workers_share_a_queue_and_do_each_task_once(installation: Installation, tmp_path: Path) -> None:
    file = tmp_path / "mark"
    installation.ask(f"[str(mark.enqueue({str(file)!r}).id) for _ in range(20)]")

    workers = [installation.start("worker", "--batch") for _ in range(2)]

    assert [worker.wait(timeout=60) for worker in workers] == [0, 0]
    assert sorted(lines(file)) == ["begun"] * 20 + ["done"] * 20


def test_a_task_that_fails_is_kept_with_its_reason_and_hinders_no_other(installation: Installation, tmp_path: Path) -> None:
    file = tmp_path / "mark"
    keys = installation.ask(f"[str(fail.enqueue().id), str(mark.enqueue({str(file)!r}).id)]")

    installation.run("worker", "--batch")

    kept = installation.ask(f"[DBTaskResult.objects.get(pk=key).status for key in {keys!r}]")
    assert kept == ["FAILED", "SUCCESSFUL"]
    assert "this task cannot work" in installation.ask(f"DBTaskResult.objects.get(pk={keys[0]!r}).traceback")
