"""`manage.py tour` as a process: without a database, within its time, asked to stop, killed and taken up again."""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from escale.core.calendar.months import Month
from escale.core.planning.check import check
from escale.core.planning.files import plan_from, problem_to
from escale.core.planning.problem import Mediator, Problem
from escale.core.planning.warm import warm
from tests.architecture.source import ROOT
from tests.config.installation import Installation, installed, wait_until
from tests.core.planning.builders import a_commune, a_problem

pytestmark = pytest.mark.slow
TOUR = [sys.executable, "manage.py", "tour"]


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    """Compile the planner before any clock runs, as `make setup` does."""
    warm()


@pytest.fixture
def problem() -> Problem:
    return a_problem(*[a_commune(f"590{n:02d}") for n in range(40)], mediators=(Mediator(id="M1"), Mediator(id="M2")))


@pytest.fixture
def long_problem() -> Problem:
    """A year of scattered communes, whose best plan nobody proves in a minute."""
    places = [(37 * n % 101 * 3, 53 * n % 97 * 3) for n in range(40)]
    return a_problem(
        *[a_commune(f"590{n:02d}") for n in range(40)],
        months=tuple(Month(2026, month) for month in range(1, 13)),
        mediators=(Mediator(id="M1"), Mediator(id="M2")),
        base_hm=tuple(math.dist(place, (150, 150)) for place in places),
        between_hm=tuple(tuple(math.dist(one, other) for other in places) for one in places),
    )


@pytest.fixture
def path(problem: Problem, tmp_path: Path) -> Path:
    path = tmp_path / "problem.json"
    path.write_text(json.dumps(problem_to(problem)), encoding="utf-8")
    return path


@pytest.fixture
def nowhere(tmp_path: Path) -> dict[str, str]:
    """An environment whose database cannot exist."""
    var = tmp_path / "var"
    return {**os.environ, "ESCALE_VAR": str(var), "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"}


def told(output: bytes) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(output.decode().splitlines()[-1])
    return answer


def test_a_second_is_enough_for_a_legal_plan_and_no_database_is_needed(
    problem: Problem, path: Path, nowhere: dict[str, str], tmp_path: Path
) -> None:
    command = [*TOUR, "solve", "--problem", str(path), "--out", str(tmp_path / "plan.json"), "--time-limit", "1"]
    start = time.monotonic()

    done = subprocess.run(command, cwd=ROOT, env=nowhere, capture_output=True, check=True)

    assert time.monotonic() - start < 11
    plan = plan_from(json.loads((tmp_path / "plan.json").read_text(encoding="utf-8")))
    assert check(problem, plan) == ()
    assert told(done.stdout)["visits"] == len(plan.visits) == 80
    assert done.stderr == b""


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_in_the_middle_keeps_the_best_plan_so_far(
    asked: signal.Signals, long_problem: Problem, nowhere: dict[str, str], tmp_path: Path
) -> None:
    path, out = tmp_path / "problem.json", tmp_path / "plan.json"
    path.write_text(json.dumps(problem_to(long_problem)), encoding="utf-8")
    command = [*TOUR, "solve", "--problem", str(path), "--out", str(out), "--time-limit", "600"]
    process = subprocess.Popen(command, cwd=ROOT, env=nowhere, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    wait_until(lambda: _cpu_seconds(process.pid) > 6, "the search runs")

    process.send_signal(asked)
    output, _ = process.communicate(timeout=30)

    assert process.returncode == 0
    assert told(output)["status"] == "stopped"
    assert check(long_problem, plan_from(json.loads(out.read_text(encoding="utf-8")))) == ()


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installed(tmp_path_factory.mktemp("country"), f"escale_country_{os.getpid()}") as made:
        yield made


def test_a_country_that_is_killed_is_taken_up_again_and_nothing_is_planned_twice(
    installation: Installation, problem: Problem, tmp_path: Path
) -> None:
    problems, out = tmp_path / "problems", tmp_path / "plans"
    problems.mkdir()
    for n in range(6):
        (problems / f"{n}.json").write_text(json.dumps(problem_to(problem)), encoding="utf-8")
    command = ("tour", "country", "--problems", str(problems), "--out", str(out), "--time-per-epci", "1.5")
    killed = installation.start(*command, "--processes", "1")
    wait_until(lambda: len(list(out.glob("[0-9].json"))) >= 2, "two plans are there")
    workers = _children(killed.pid)

    killed.kill()
    for worker in workers:
        os.kill(worker, signal.SIGKILL)
    done = installation.start(*command)
    assert done.wait(timeout=120) == 0

    answer = told(done.said.read_bytes())
    assert (answer["status"], answer["planned"], answer["legal"], answer["failed"]) == ("done", 6, 6, [])
    assert answer["planned_before"] >= 2
    assert len(list(out.glob("*.json"))) == 6
    items = "BatchItem.objects.filter(state='done')"
    attempts = installation.ask(f"[i.attempt for i in __import__('escale.apps.schedule.models', fromlist=['x']).{items}]")
    assert sum(attempts) <= 7, "only the one that was under way is begun again"


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
