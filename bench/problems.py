"""Tour problems for the benchmarks: the shipped ones, and one for any EPCI of the country, with seeded leave and wishes.

Year 2026. One mediator for 24 communes, rounded up. The base is the most populated commune. Distances are great circles × 1.3.
"""

from __future__ import annotations

import csv
import datetime as dt
import functools
import gzip
import hashlib
import io
import json
import math
import pathlib
import random
from typing import Any

from escale.core.planning.files import problem_from
from escale.core.planning.problem import Problem

DATA = pathlib.Path(__file__).parent / "data"
WINDOWS = ("TUE_AM", "TUE_PM", "WED_PM", "THU_AM", "THU_PM", "FRI_AM", "FRI_PM")
DAYS = ("TUE", "WED", "THU", "FRI")
HOLIDAYS = ("01-01", "04-06", "05-01", "05-08", "05-14", "05-25", "07-14", "08-15", "11-01", "11-11", "12-25")
LEAVE = (
    (("02-16", 5), ("04-20", 5), ("07-27", 5), ("08-03", 5), ("10-26", 5)),
    (("03-02", 5), ("08-31", 5), ("09-07", 5), ("10-19", 5), ("12-28", 4)),
)
COMMUNES_A_MEDIATOR = 24


def shipped(name: str) -> Problem:
    """Return a shipped problem, such as « real-2026 »."""
    return problem_from(json.loads((DATA / "tours" / f"{name}.json").read_text()))


@functools.cache
def country() -> dict[str, list[dict[str, str]]]:
    """Return the communes of every EPCI of the country, by SIREN."""
    text = gzip.decompress((DATA / "france-communes.csv.gz").read_bytes()).decode()
    found: dict[str, list[dict[str, str]]] = {}
    for row in csv.DictReader(io.StringIO(text)):
        found.setdefault(row["epci_siren"], []).append(row)
    return found


def problem_of(siren: str) -> dict[str, Any]:
    """Return the problem file of an EPCI."""
    rows = country()[siren]
    places = [(float(row["lat"]), float(row["lon"])) for row in rows]
    base = places[max(range(len(rows)), key=lambda i: int(rows[i]["population"] or 0))]
    communes = []
    for row in rows:
        windows, wanted = _wishes(row["code"])
        communes.append({"code": row["code"], "name": row["name"], "windows": windows, "preferred_weekday": wanted, "closed": []})
    return {
        "name": f"{rows[0]['epci_name']} 2026",
        "months": [f"2026-{month:02d}" for month in range(1, 13)],
        "windows": list(WINDOWS),
        "holidays": [f"2026-{day}" for day in HOLIDAYS],
        "mediators": [{"id": f"M{m + 1}", "away": _away(m)} for m in range(max(1, -(-len(rows) // COMMUNES_A_MEDIATOR)))],
        "communes": communes,
        "base_hm": [_hectometres(base, place) for place in places],
        "between_hm": [[_hectometres(a, b) for b in places] for a in places],
        "weights": {
            "unserved": 100_000,
            "spacing": 300,
            "irregular": 200,
            "preference": 150,
            "switch": 100,
            "km": 1,
            "balance": 2,
        },
    }


def _hectometres(a: tuple[float, float], b: tuple[float, float]) -> int:
    la, lo, lb, lp = map(math.radians, (*a, *b))
    h = math.sin((lb - la) / 2) ** 2 + math.cos(la) * math.cos(lb) * math.sin((lp - lo) / 2) ** 2
    return round(13 * 2 * 6371.0088 * math.asin(math.sqrt(h)))


def _wishes(code: str) -> tuple[list[str], str | None]:
    """Draw a commune's windows and preferred weekday from its INSEE code: 30 % have a day closed, 25 % one half only."""
    draw = random.Random(int(hashlib.sha256(code.encode()).hexdigest()[:12], 16))
    closes, half, closed, prefers, wanted = draw.random(), draw.random(), draw.choice(DAYS), draw.random(), draw.choice(DAYS)
    windows = [window for window in WINDOWS if not (closes < 0.30 and window.startswith(closed))]
    if half < 0.15:
        windows = [window for window in windows if window.endswith("PM")]
    elif half < 0.25:
        windows = [window for window in windows if window.endswith("AM")]
    can = prefers < 0.35 and any(window.startswith(wanted) for window in windows)
    return windows, wanted if can else None


def _away(mediator: int) -> list[str]:
    days = []
    for start, length in LEAVE[mediator % 2]:
        first = dt.date.fromisoformat(f"2026-{start}")
        days += [first + dt.timedelta(days=n) for n in range(length)]
    return sorted(day.isoformat() for day in days if day.year == 2026)
