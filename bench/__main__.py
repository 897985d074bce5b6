"""Run every benchmark, and renew the tables of docs/performance.md with the machine and the date."""

from __future__ import annotations

import argparse
import json
import pathlib
import re
import subprocess
import sys
from typing import Any

BENCHES = (
    "plans",
    "repairs",
    "explanations",
    "kilometres",
    "country",
    "pages",
    "tour_pdf",
    "documents",
    "posters",
    "convention_states",
    "service",
    "public_pages",
    "booking_race",
    "field_sync",
    "coop",
    "suppression",
    "reports",
)
TAKES_LONG = ("plans", "country")
PAGE = pathlib.Path(__file__).resolve().parent.parent / "docs" / "performance.md"


def run(name: str, *, long: bool) -> dict[str, Any]:
    """Run one benchmark in a process of its own and return its line of JSON."""
    words = ["--long"] if long and name in TAKES_LONG else []
    print(f"bench.{name} {' '.join(words)}", file=sys.stderr, flush=True)
    done = subprocess.run([sys.executable, "-m", f"bench.{name}", *words], stdout=subprocess.PIPE, text=True, check=True)
    line = done.stdout.splitlines()[-1]
    print(line, flush=True)
    answer: dict[str, Any] = json.loads(line)
    return answer


def table(answer: dict[str, Any]) -> str:
    """Write the rows of a benchmark as a Markdown table, with its machine and date above."""
    rows = [{key: _cell(value) for key, value in row.items()} for row in answer["rows"]]
    where = answer["machine"]
    lines = [f"{where['date']}, {where['processor']}, {where['cores']} cores, Python {where['python']}.", ""]
    lines += ["| " + " | ".join(rows[0]) + " |", "|" + "---|" * len(rows[0])]
    lines += ["| " + " | ".join(row.values()) + " |" for row in rows]
    return "\n".join(lines)


def _cell(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_cell(item)}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(_cell(item) for item in value) or "none"
    if isinstance(value, float):
        return f"{value:,.4f}".rstrip("0").rstrip(".") if abs(value) < 1 else f"{value:,.1f}"
    return "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)


def renew(page: str, name: str, written: str) -> str:
    """Return the page with the table of a benchmark renewed between its marks."""
    marks = re.compile(rf"(<!-- bench:{name} -->\n).*?(\n<!-- /bench -->)", re.DOTALL)
    if not marks.search(page):
        raise SystemExit(f"docs/performance.md has no place for « {name} »")
    return marks.sub(lambda found: f"{found[1]}{written}{found[2]}", page)


def main() -> None:
    """Run them all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--long", action="store_true", help="every problem, seed and EPCI")
    parser.add_argument("only", nargs="*", choices=[[], *BENCHES], help="these alone")
    options = parser.parse_args()
    for name in options.only or BENCHES:
        written = table(run(name, long=options.long))
        PAGE.write_text(renew(PAGE.read_text(), name, written))


if __name__ == "__main__":
    main()
