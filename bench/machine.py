"""Where and when a figure was measured."""

from __future__ import annotations

import os
import pathlib
import platform
import time


def machine() -> dict[str, str | int]:
    """Return the date, the processor, the cores and the Python that measure."""
    cpuinfo = pathlib.Path("/proc/cpuinfo")
    names = [line.partition(":")[2].strip() for line in _lines(cpuinfo) if line.startswith("model name")]
    return {
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
        "processor": names[0] if names else platform.processor() or platform.machine(),
        "cores": os.cpu_count() or 1,
        "python": platform.python_version(),
    }


def _lines(path: pathlib.Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []
