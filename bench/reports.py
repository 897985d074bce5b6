"""What reports cost, of one commune and of the territory: seconds, memory, queries, by number of records.

47 communes, one year, 10,000 then 100,000 records, on SQLite and on PostgreSQL: the figures of a year, then whole reports as
files, 47 of them at once, and the export of every record. Beside them: one sequential read of the rows, which nothing that reads
records can beat, and everything counted anew.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.databases import DATABASES, database, prepare
from bench.machine import machine

if TYPE_CHECKING:
    from escale.apps.territory.models import Epci

ROOT = Path(__file__).resolve().parent.parent
COMMUNES, YEAR = 47, 2026
SIZES = (10_000, 100_000)


def measure(name: str, records: int) -> list[dict[str, Any]]:
    """Return one row for each reading of a database that holds some records of a year."""
    from bench.history import write_history
    from bench.measured import cost_of
    from bench.report_files import files_of
    from bench.world import CENTRE, people
    from escale.apps.activity.figures import figures_by_commune, figures_by_month, figures_of
    from escale.apps.activity.touched import mark_touched
    from escale.apps.territory.models import Commune
    from escale.core.calendar.months import Month

    epci, _ = people(COMMUNES, YEAR + 1)
    write_history(epci, YEAR + 1, years=1, records=records)
    first, last = Month(YEAR, 1), Month(YEAR, 12)
    commune = Commune.objects.get(code=CENTRE)
    told: dict[str, Any] = {"database": name, "records": records}
    counted = _count_all()
    rows = {
        "year of one commune": cost_of(lambda: figures_by_month(epci, first, last, commune=commune)),
        "year of the territory": cost_of(lambda: figures_by_month(epci, first, last)),
        "year of each commune": cost_of(lambda: figures_by_commune(epci, first, last)),
        "bound: one sequential read": cost_of(lambda: _read_once(epci)),
    }
    if figures_of(epci, first, last).activities != records:
        raise SystemExit("the figures are not those of the records")
    _within(lambda: mark_touched([(epci.pk, commune.pk, last.first)]))
    rows["year of the territory, one month touched"] = cost_of(lambda: figures_by_month(epci, first, last))
    rows |= files_of(epci, commune, YEAR)
    return [told | {"what": what} | row for what, row in rows.items()] + [told | {"what": "all counted anew"} | counted]


def _count_all() -> dict[str, Any]:
    from django.core.management import call_command

    begun = time.perf_counter()
    with Path("/dev/null").open("w") as nowhere:
        call_command("figures", all=True, stdout=nowhere)
    return {"seconds": round(time.perf_counter() - begun, 2), "peak_mb": None, "queries": None}


def _within(work: Any) -> None:
    from django.db import transaction

    with transaction.atomic():
        work()


def _read_once(epci: Epci) -> object:
    """Let the database look at each row once, and answer one line."""
    from django.db.models import Count, Sum

    from escale.apps.activity.models import Record

    rows = Record.objects.standing().filter(epci=epci).order_by()
    return rows.aggregate(Count("pk"), Sum("people"), Sum("minutes"))


def main() -> None:
    """Measure and print one line of JSON; without --database, both, each size in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=DATABASES, help="the database (default: both, one after the other)")
    parser.add_argument("--records", type=int, help="how many records (default: 10,000 then 100,000)")
    options = parser.parse_args()
    if options.database is None or options.records is None:
        names = DATABASES if options.database is None else (options.database,)
        sizes = SIZES if options.records is None else (options.records,)
        rows = [row for name in names for size in sizes for row in _apart(name, size)]
    else:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="escale-bench-")))
            prepare(folder, stack.enter_context(database(options.database, folder)))
            rows = measure(options.database, options.records)
            from django.db import connections

            connections.close_all()
    print(json.dumps({"bench": "reports", "machine": machine(), "rows": rows}))


def _apart(name: str, records: int) -> list[dict[str, Any]]:
    words = [sys.executable, "-m", "bench.reports", "--database", name, "--records", str(records)]
    done = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)
    rows: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])["rows"]
    return rows


if __name__ == "__main__":
    main()
