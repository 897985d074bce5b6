"""Where every convention of a country stands on one date, and how each obligation is kept: from the database to the answer."""

from __future__ import annotations

import json
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.machine import machine
from bench.pages import prepare

CONVENTIONS = 35_000
AIM_SECONDS = 5
TIMES = 3


def measure() -> list[dict[str, Any]]:
    """Return one row for the states, one for the obligations, and one for both: each the median of three whole readings."""
    from bench.convention_world import TODAY, build
    from escale.apps.conventions.models import Convention
    from escale.apps.conventions.queries import states_of
    from escale.apps.obligations.queries import kept_on

    build(CONVENTIONS)
    spent: list[tuple[Spent, Spent]] = []
    for _ in range(TIMES):
        begun = Spent.so_far()
        states = states_of(Convention.objects.all(), TODAY)
        between = Spent.so_far()
        kept = kept_on(Convention.objects.all(), TODAY)
        spent.append((between - begun, Spent.so_far() - between))
    lines = sum(map(len, kept.values()))
    state, obligations = sorted(spent, key=lambda pair: pair[0].seconds + pair[1].seconds)[TIMES // 2]
    return [
        _row("states", len(states), len(states), state),
        _row("obligations", len(kept), lines, obligations),
        _row("both", len(kept), len(states) + lines, state + obligations) | {"aim_seconds": AIM_SECONDS},
    ]


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds that pass on the wall, and those of them that the processor works for this process."""

    seconds: float
    processor: float

    @classmethod
    def so_far(cls) -> Spent:
        """Return what both clocks show."""
        return cls(time.perf_counter(), time.process_time())

    def __sub__(self, other: Spent) -> Spent:
        return Spent(self.seconds - other.seconds, self.processor - other.processor)

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.seconds + other.seconds, self.processor + other.processor)


def _row(what: str, conventions: int, answers: int, spent: Spent) -> dict[str, Any]:
    return {
        "what": what,
        "conventions": conventions,
        "answers": answers,
        "seconds": round(spent.seconds, 2),
        "processor_seconds": round(spent.processor, 2),
        "microseconds_each": round(spent.seconds / conventions * 1e6),
        "aim_seconds": None,
    }


def main() -> None:
    """Measure and print one line of JSON."""
    with tempfile.TemporaryDirectory(prefix="escale-bench-") as folder:
        prepare(Path(folder))
        rows = measure()
    told = {key: rows[-1][key] for key in ("conventions", "seconds")}
    print(json.dumps({"bench": "convention_states", "machine": machine(), "rows": rows} | told))


if __name__ == "__main__":
    main()
