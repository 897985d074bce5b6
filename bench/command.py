"""Run `manage.py tour` as a user would, and read its one line of JSON."""

from __future__ import annotations

import json
import pathlib
import subprocess
import sys
import tempfile
import time
from typing import Any

ROOT = pathlib.Path(__file__).resolve().parent.parent
TOURS = pathlib.Path(__file__).parent / "data" / "tours"
SCRATCH = pathlib.Path(tempfile.gettempdir()) / "escale-bench"


def tour(*words: object) -> dict[str, Any]:
    """Return the answer of a tour command, with the wall time of the whole command under `wall`."""
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "tour", *map(str, words)], capture_output=True, text=True, check=False, cwd=ROOT
    )
    if done.returncode != 0:
        raise SystemExit(f"tour {' '.join(map(str, words))}: exit {done.returncode}\n{done.stderr[-2000:]}")
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer | {"wall": round(time.monotonic() - begun, 1)}


def planned(name: str, seconds: float, seed: int = 0) -> tuple[pathlib.Path, dict[str, Any]]:
    """Plan a shipped problem and return the plan's file and the answer."""
    SCRATCH.mkdir(exist_ok=True)
    out = SCRATCH / f"{name}-{seed}.json"
    return out, tour("solve", "--problem", TOURS / f"{name}.json", "--out", out, "--time-limit", seconds, "--seed", seed)
