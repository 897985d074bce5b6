"""« Pourquoi pas le mardi matin ? »: ten questions about the real year, and two of them answered exactly."""

from __future__ import annotations

import json
import statistics
from typing import Any

from bench.command import SCRATCH, TOURS, planned, tour
from bench.machine import machine

QUESTIONS = (
    ("59192", "TUE_AM"),
    ("59393", "TUE_PM"),
    ("59564", "THU_PM"),
    ("59297", "THU_PM"),
    ("59038", "FRI_AM"),
    ("59038", "WED_PM"),
    ("59002", "TUE_AM"),
    ("59446", "THU_AM"),
    ("59172", "FRI_PM"),
    ("59526", "TUE_PM"),
)
EXACT = 2


def measure() -> list[dict[str, Any]]:
    """Return a row for the quick answers and one for the exact ones."""
    problem, plan = TOURS / "real-2026.json", SCRATCH / "real-2026-0.json"
    if not plan.exists():
        plan, _ = planned("real-2026", 30)
    asked = ("explain", "--problem", problem, "--plan", plan)
    quick = [tour(*asked, "--commune", code, "--window", window) for code, window in QUESTIONS]
    open_questions = [question for question, answer in zip(QUESTIONS, quick, strict=True) if answer["delta_upper"]]
    exact = [tour(*asked, "--commune", code, "--window", window, "--exact") for code, window in open_questions[:EXACT]]
    return [_row("upper bound", quick), _row("exact in the pattern program", exact)]


def _row(kind: str, answers: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "kind": kind,
        "questions": len(answers),
        "forbidden": sum(not answer["allowed"] for answer in answers),
        "delta_upper": [answer["delta_upper"] for answer in answers],
        "delta_exact": [answer["delta_exact"] for answer in answers],
        "seconds_median": round(statistics.median(answer["seconds"] for answer in answers), 2),
        "seconds_worst": max(answer["seconds"] for answer in answers),
        "wall_worst": max(answer["wall"] for answer in answers),
    }


def main() -> None:
    """Measure and print one line of JSON."""
    print(json.dumps({"bench": "explanations", "machine": machine(), "rows": measure()}))


if __name__ == "__main__":
    main()
