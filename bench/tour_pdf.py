"""The tour on paper, asked of the server as a browser does: the year on A3 for 47 and 158 communes, all plannings at once."""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.machine import machine
from bench.pages import SIZES, YEAR, prepare

if TYPE_CHECKING:
    from django.test import Client

TIMES = 5
PAPERS = {
    "the year on A3": f"/pilotage/tournee/annee.pdf?annee={YEAR}",
    "the planning of one commune": f"/pilotage/tournee/planning/CODE.pdf?annee={YEAR}",
    "every planning, one archive": f"/pilotage/tournee/annexes.zip?annee={YEAR}",
}


def measure() -> list[dict[str, Any]]:
    """Return one row for each paper and size."""
    from django.core.management import call_command
    from django.test import Client

    from bench.world import build

    rows = []
    for communes in SIZES:
        call_command("flush", interactive=False, verbosity=0)
        world, client = build(communes, YEAR), Client()
        client.force_login(world.coordinator)
        rows += [_row(name, communes, client, path.replace("CODE", world.code)) for name, path in PAPERS.items()]
    return sorted(rows, key=lambda row: list(PAPERS).index(row["paper"]))


def _row(name: str, communes: int, client: Client, path: str) -> dict[str, Any]:
    first, size = _asked(client, path)
    again = [_asked(client, path)[0] for _ in range(TIMES)]
    return {
        "paper": name,
        "communes": communes,
        "first_seconds": round(first, 2),
        "next_seconds": round(statistics.median(again), 2),
        "kilobytes": round(size / 1000),
    }


def _asked(client: Client, path: str) -> tuple[float, int]:
    begun = time.perf_counter()
    answer = client.get(path)
    body = b"".join(answer) if answer.streaming else answer.content
    if answer.status_code != 200:
        raise SystemExit(f"{path}: {answer.status_code}")
    return time.perf_counter() - begun, len(body)


def main() -> None:
    """Measure and print one line of JSON."""
    with tempfile.TemporaryDirectory(prefix="escale-bench-") as folder:
        prepare(Path(folder))
        print(json.dumps({"bench": "tour_pdf", "machine": machine(), "rows": measure()}))


if __name__ == "__main__":
    main()
