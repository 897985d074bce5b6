"""The tour of the shipped problems: cost, bound and time, beside a greedy and a pattern program proved optimal."""

from __future__ import annotations

import argparse
import json
import statistics
import time
from typing import Any

import numpy as np

from bench.command import planned
from bench.machine import machine
from bench.problems import shipped
from escale.core.planning.check import cost_of
from escale.core.planning.greedy import first_plan
from escale.core.planning.grid import build_grid, plan_of
from escale.core.planning.pattern.program import build_program
from escale.core.planning.pattern.proof import prove_optimum

SECONDS = {"clean-2026": 20, "real-2026": 60, "large-100": 60, "large-158": 120}
SEEDS = {"clean-2026": 5, "real-2026": 5, "large-100": 2, "large-158": 1}
ALL_SEEDS = 5
BEST_KNOWN = {"clean-2026": 14_085.1, "real-2026": 27_828.7, "large-100": 45_116.0, "large-158": 156_278.0}
"""Of the study before this planner; a peer to compare with, not a limit."""
PATTERN_SECONDS = 60.0


def measure(*, long: bool) -> list[dict[str, Any]]:
    """Return a row for each problem."""
    rows = []
    for name, seconds in SECONDS.items():
        answers = [planned(name, seconds, seed)[1] for seed in range(ALL_SEEDS if long else SEEDS[name])]
        costs = [answer["cost"] for answer in answers]
        rows.append(
            {
                "problem": name,
                "seconds": seconds,
                "seeds": len(answers),
                "cost_median": round(statistics.median(costs), 1),
                "cost_worst": max(costs),
                "lower_bound": max(answer["lower_bound"] for answer in answers),
                "gap_median": round(statistics.median(answer["gap"] for answer in answers), 4),
                "wall_worst": max(answer["wall"] for answer in answers),
                "best_known": BEST_KNOWN[name],
                "greedy": _greedy(name),
                "pattern_program": _pattern(name) if name in ("clean-2026", "real-2026") else None,
            }
        )
    return rows


def _greedy(name: str) -> dict[str, float]:
    problem = shipped(name)
    begun = time.perf_counter()
    grid = build_grid(problem)
    holder = first_plan(grid)
    seconds = time.perf_counter() - begun
    return {"cost": cost_of(problem, plan_of(problem, grid, holder)), "seconds": round(seconds, 3)}


def _pattern(name: str) -> dict[str, float | None]:
    problem = shipped(name)
    begun = time.perf_counter()
    program = build_program(problem, build_grid(problem))
    everything = np.ones(len(program.cost), np.bool_)
    optimum = prove_optimum(program, everything, remaining=lambda: PATTERN_SECONDS - (time.perf_counter() - begun))
    return {"cost": optimum.cost if optimum else None, "seconds": round(time.perf_counter() - begun, 1)}


def main() -> None:
    """Measure and print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--long", action="store_true", help="five seeds of each problem")
    rows = measure(long=parser.parse_args().long)
    print(json.dumps({"bench": "plans", "machine": machine(), "rows": rows}))


if __name__ == "__main__":
    main()
