"""One month's kilometres of 47 communes, without calendar: our couples, the matching bound, and PyVRP as a peer."""

from __future__ import annotations

import json
import time
from importlib.metadata import version
from typing import Any

import numpy as np
import pyvrp

from bench.machine import machine
from bench.problems import shipped
from escale.core.planning.bound.matching import spared_at_most
from escale.core.planning.bound.merged import merge
from escale.core.planning.grid import build_grid

PEER_SECONDS = 1.0


def measure() -> list[dict[str, Any]]:
    """Return the kilometres of the month, each with its seconds."""
    problem = shipped("clean-2026")
    begun = time.perf_counter()
    grid = build_grid(problem)
    spared = spared_at_most(grid, merge(problem, grid), np.zeros(grid.due.shape))
    months = len(problem.months)
    bound = 2 * sum(problem.base_hm) / 10 - spared.value / months
    ours = time.perf_counter() - begun
    begun = time.perf_counter()
    peer = _peer()
    return [
        {"what": "matching (bound and optimum of the month)", "km": round(bound, 1), "seconds": round(ours, 2)},
        {"what": f"PyVRP {version('pyvrp')}", "km": peer, "seconds": round(time.perf_counter() - begun, 2)},
    ]


def _peer() -> float:
    problem = shipped("clean-2026")
    n = len(problem.communes)
    hectometres = np.zeros((n + 1, n + 1), dtype=int)
    hectometres[0, 1:] = hectometres[1:, 0] = np.array(problem.base_hm, dtype=int)
    hectometres[1:, 1:] = np.array(problem.between_hm, dtype=int)
    model = pyvrp.Model()
    places = [model.add_location(0, 0) for _ in range(n + 1)]
    depot = model.add_depot(places[0])
    model.add_vehicle_type(num_available=n, capacity=2, start_depot=depot, end_depot=depot)
    for place in places[1:]:
        model.add_client(place, delivery=1)
    for i, a in enumerate(places):
        for j, b in enumerate(places):
            model.add_edge(a, b, distance=int(hectometres[i, j]))
    result = model.solve(stop=pyvrp.stop.MaxRuntime(PEER_SECONDS), seed=1, display=False)
    return result.cost() / 10


def main() -> None:
    """Measure and print one line of JSON."""
    print(json.dumps({"bench": "kilometres", "machine": machine(), "rows": measure()}))


if __name__ == "__main__":
    main()
