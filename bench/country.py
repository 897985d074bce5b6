"""A country: every EPCI as a task of the queue, two processes; by default a sample of 60 at the midpoints of their sizes."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from typing import Any

from bench.command import ROOT, SCRATCH
from bench.machine import machine
from bench.problems import country, problem_of
from escale.core.planning.check import check, price
from escale.core.planning.files import plan_from, problem_from

SAMPLE = 60
PROCESSES = 2


def measure(*, long: bool) -> list[dict[str, Any]]:
    """Return one row: the sample's seconds, and what they say of the whole country."""
    folder = SCRATCH / "country"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "problems").mkdir(parents=True)
    sirens = sorted(country(), key=lambda siren: (len(country()[siren]), siren))
    chosen = sirens if long else [sirens[int((n + 0.5) * len(sirens) / SAMPLE)] for n in range(SAMPLE)]
    for siren in chosen:
        (folder / "problems" / f"{siren}.json").write_text(json.dumps(problem_of(siren)))
    environment = os.environ | {"ESCALE_VAR": str(folder / "var"), "DATABASE_URL": f"sqlite:///{folder / 'country.sqlite3'}"}
    _manage(environment, "migrate", "--verbosity", "0")
    begun = time.monotonic()
    words = ("--problems", folder / "problems", "--out", folder / "plans", "--processes", PROCESSES)
    _manage(environment, "tour", "country", *words)
    seconds = time.monotonic() - begun
    plans = [_judged(siren, (folder / "plans" / f"{siren}.json").read_text()) for siren in chosen]
    return [
        {
            "epcis": len(chosen),
            "communes": sum(len(country()[siren]) for siren in chosen),
            "processes": PROCESSES,
            "legal": sum(plan["legal"] for plan in plans),
            "unserved": sum(plan["unserved"] for plan in plans),
            "irregular": sum(plan["irregular"] for plan in plans),
            "km": round(sum(plan["km"] for plan in plans)),
            "seconds": round(seconds),
            "country_minutes": round(seconds / len(chosen) * len(sirens) / 60, 1),
        }
    ]


def _judged(siren: str, text: str) -> dict[str, Any]:
    problem, plan = problem_from(problem_of(siren)), plan_from(json.loads(text))
    parts = price(problem, plan)
    return {
        "legal": not check(problem, plan),
        "unserved": parts.unserved,
        "irregular": parts.irregular,
        "km": parts.km,
    }


def _manage(environment: dict[str, str], *words: object) -> None:
    command = [sys.executable, str(ROOT / "manage.py"), *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env=environment)
    if done.returncode != 0:
        raise SystemExit(f"{words}: exit {done.returncode}\n{done.stderr[-2000:]}")


def main() -> None:
    """Measure and print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--long", action="store_true", help="all EPCIs of the country")
    rows = measure(long=parser.parse_args().long)
    print(json.dumps({"bench": "country", "machine": machine(), "rows": rows}))


if __name__ == "__main__":
    main()
