"""Repairs of a published year: two weeks of illness, one week, in winter and in June; a closed hall; a commune that joins."""

from __future__ import annotations

import json
from typing import Any

from bench.command import SCRATCH, TOURS, planned, tour
from bench.machine import machine

PLANNED_SECONDS = {"clean-2026": 15, "real-2026": 30}
CASES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("clean-2026", "two weeks of illness, March", ("--away", "M1", "2026-03-09", "2026-03-20")),
    ("clean-2026", "two weeks of illness, June", ("--away", "M1", "2026-06-08", "2026-06-19")),
    ("real-2026", "two weeks of illness, March", ("--away", "M1", "2026-03-09", "2026-03-20")),
    ("real-2026", "one week of illness, March", ("--away", "M1", "2026-03-16", "2026-03-20")),
    ("real-2026", "two weeks of illness, June", ("--away", "M1", "2026-06-08", "2026-06-19")),
    ("real-2026", "a hall closed in October", ("--closed", "59172", "2026-10-01", "2026-10-31")),
)


def measure() -> list[dict[str, Any]]:
    """Return a row for each case."""
    rows = []
    for name, what, words in CASES:
        plan = SCRATCH / f"{name}-0.json"
        if not plan.exists():
            plan, _ = planned(name, PLANNED_SECONDS[name])
        answer = tour("repair", "--problem", TOURS / f"{name}.json", "--plan", plan, *words, "--out", SCRATCH / "repaired.json")
        rows.append(
            {
                "problem": name,
                "case": what,
                "lost": answer["lost"],
                "moved_valid": answer["moved_valid"],
                "moved_total": answer["moved_total"],
                "unserved": len(answer["unserved"]),
                "make_ups": len(answer["make_ups"]),
                "seconds": answer["seconds"],
                "wall": answer["wall"],
            }
        )
    return rows


def main() -> None:
    """Measure and print one line of JSON."""
    print(json.dumps({"bench": "repairs", "machine": machine(), "rows": measure()}))


if __name__ == "__main__":
    main()
