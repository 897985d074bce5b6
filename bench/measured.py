"""What one reading costs: seconds, queries, and the most memory that it holds at once."""

from __future__ import annotations

import statistics
import time
import tracemalloc
from collections.abc import Callable
from typing import Any

TIMES = 5


def cost_of(work: Callable[[], object], *, times: int = TIMES) -> dict[str, Any]:
    """Return the median seconds of a work that changes nothing; its queries and its peak of memory, each in a run of its own."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    spent = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        spent.append(time.perf_counter() - begun)
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    with CaptureQueriesContext(connection) as asked:
        work()
    return {"seconds": round(statistics.median(spent), 4), "peak_mb": round(peak / 1e6, 1), "queries": len(asked)}
