"""`tour country`: every problem of a folder as a task of its own, drained here by some processes or elsewhere by many."""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError
from django.db.models import Count
from django_tasks_db.models import DBTaskResult

from escale.apps.audit.actors import SYSTEM
from escale.apps.schedule.actions.batching import Budget, enqueue_batch, gather_batch, give_up_lost_items
from escale.apps.schedule.models import Batch, ItemState
from escale.apps.schedule.tours.files import read_problem, write_json
from escale.apps.schedule.tours.moments import Asked, begun, stoppable
from escale.apps.schedule.tours.reporting import Result
from escale.core.planning.check import check
from escale.core.planning.faults import ProblemError
from escale.core.planning.files import plan_from, problem_from

WORK_PER_COMMUNE = 80_000
"""Proposals: the time that an EPCI takes grows with its size, and a country of 1,255 stays far below an hour."""
LOOK_SECONDS = 0.5
PATIENCE_SECONDS = 2.0
"""How long to wait between two looks for tasks whose worker died elsewhere."""
AT_ONCE = 50
"""Plans read together: one may be a hundred kilobytes."""
FINAL = (ItemState.DONE.value, ItemState.FAILED.value)

Worker = subprocess.Popen[bytes]


def run(options: argparse.Namespace) -> Result:
    """Gather, enqueue, drain, and say how many plans there are; asked to stop, finish what is begun and say the same."""
    start = begun()
    problems = _problems(options.problems)
    _make_folder(options.out)
    try:
        with stoppable() as asked:
            batch = gather_batch(actor=SYSTEM, name=options.name or _name(options), problems=problems, budget=_budget(options))
            before = batch.items.filter(state=ItemState.DONE.value).count()
            enqueue_batch(actor=SYSTEM, batch=batch)
            exported: set[int] = set()
            if options.processes:
                _drain(batch, options.processes, options.out, exported, asked)
            _export(batch, options.out, exported)
            return Result(answer=_answer(batch, before=before, stopped=asked.to_stop, seconds=time.monotonic() - start))
    except DatabaseError as error:
        raise ProblemError(
            place="base de données", message=f"elle ne répond pas ({error}) ; lancer « manage.py migrate »"
        ) from error


def _problems(folder: Path) -> list[tuple[str, Any]]:
    """Return every problem of a folder; one that cannot be read stops everything before anything is planned."""
    if not folder.is_dir():
        raise ProblemError(place="--problems", message=f"{folder} n’est pas un dossier ; donner celui des problèmes")
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise ProblemError(place="--problems", message=f"le dossier {folder} n’a aucun fichier .json")
    found = []
    for path in paths:
        try:
            found.append((path.stem, read_problem(path)))
        except ProblemError as error:
            place = error.place if str(path) in error.place else f"{path}, {error.place}"
            raise ProblemError(place=place, message=error.message) from None
    return found


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ProblemError(place="--out", message=f"le dossier {folder} ne peut pas être créé ({error.strerror})") from None


def _name(options: argparse.Namespace) -> str:
    return str(options.problems.resolve())[-200:]


def _budget(options: argparse.Namespace) -> Budget:
    work = None if options.time_per_epci else options.work_per_commune or WORK_PER_COMMUNE
    return Budget(seed=options.seed, seconds=options.time_per_epci, work_per_commune=work, prove=options.prove)


def _drain(batch: Batch, processes: int, out: Path, exported: set[int], asked: Asked) -> None:
    """Keep workers of this machine at it until nothing is left, writing each plan as it comes."""
    with _workers() as workers:
        while not asked.to_stop and (left := batch.items.exclude(state__in=FINAL).count()):
            alive = [worker for worker in workers if worker.poll() is None]
            ready = DBTaskResult.objects.ready().count()
            for _ in range(min(processes - len(alive), ready)):
                workers.append(_start_worker())
            if not alive and not ready:
                # Only tasks of dead workers are left: the tick gives them back once their silence is long enough.
                call_command("tick", verbosity=0)
                give_up_lost_items(actor=SYSTEM, batch=batch)
                time.sleep(PATIENCE_SECONDS)
            _export(batch, out, exported)
            _show(batch, left)
            time.sleep(LOOK_SECONDS)
    if sys.stderr.isatty():
        sys.stderr.write("\n")


@contextmanager
def _workers() -> Iterator[list[Worker]]:
    """Give a list of processes; on leaving each may finish the task that it has, and no more."""
    workers: list[Worker] = []
    try:
        yield workers
    finally:
        for worker in workers:
            if worker.poll() is None:
                worker.terminate()
        for worker in workers:
            worker.wait()


def _start_worker() -> Worker:
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "worker", "--batch"]
    # A session of its own: Ctrl-C reaches this process alone, which stops the others in order.
    return subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL)  # noqa: S603 - written above


def _export(batch: Batch, out: Path, exported: set[int]) -> None:
    """Write the plans that came since the last time."""
    done = set(batch.items.filter(state=ItemState.DONE.value).values_list("pk", flat=True))
    new = sorted(done - exported)
    for first in range(0, len(new), AT_ONCE):
        some: Iterable[tuple[str, Any]] = batch.items.filter(pk__in=new[first : first + AT_ONCE]).values_list("key", "plan")
        for key, plan in some:
            write_json(out / f"{key}.json", plan)
    exported |= done


def _show(batch: Batch, left: int) -> None:
    if sys.stderr.isatty():
        total = batch.items.count()
        sys.stderr.write(f"\r\033[K{total - left} sur {total}")
        sys.stderr.flush()


def _answer(batch: Batch, *, before: int, stopped: bool, seconds: float) -> dict[str, Any]:
    """Count what there is; each plan is judged once more, as it is kept."""
    counts = dict(batch.items.order_by().values_list("state").annotate(Count("pk")))
    legal = visits = due = unserved = 0
    cost = 0.0
    done = batch.items.filter(state=ItemState.DONE.value).values_list("problem", "plan", "result")
    rows: Iterable[tuple[Any, Any, Any]] = done.iterator(chunk_size=AT_ONCE)
    for problem, plan, result in rows:
        legal += not check(problem_from(problem), plan_from(plan))
        visits, due, cost = visits + result["visits"], due + result["due"], cost + result["cost"]
        unserved += len(result["unserved"])
    planned, total = counts.get(ItemState.DONE.value, 0), sum(counts.values())
    failed = list(batch.items.filter(state=ItemState.FAILED.value).values("key", "error"))
    return {
        "status": "stopped" if stopped else "done" if planned + len(failed) == total else "queued",
        "problems": total,
        "planned": planned,
        "planned_before": before,
        "legal": legal,
        "failed": failed,
        "visits": visits,
        "due": due,
        "unserved": unserved,
        "cost": round(cost, 1),
        "seconds": round(seconds, 2),
    }
