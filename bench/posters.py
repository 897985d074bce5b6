"""The papers of 47 communes: posters on A4 and A3, pocket calendars, beside one sheet laid out as often; then all at once."""

from __future__ import annotations

import json
import resource
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.machine import machine
from bench.pages import YEAR, prepare

if TYPE_CHECKING:
    from escale.apps.territory.models import Epci
    from escale.web.takeaway.announcing import Announcement
    from escale.web.takeaway.posters import PaperForm

COMMUNES = 47


def measure() -> list[dict[str, Any]]:
    """Return one row for each paper, made one after the other, and one for the batch that a worker makes, archive included."""
    from django.core.management import call_command

    from bench.world import build
    from escale.apps.territory import clock
    from escale.apps.territory.models import Commune, Epci
    from escale.web.takeaway.announcing import announcements
    from escale.web.takeaway.posters import PaperForm

    call_command("flush", interactive=False, verbosity=0)
    build(COMMUNES, YEAR)
    epci = Epci.objects.get()
    told = announcements(epci, Commune.objects.defer("outline"), clock.today(epci))
    rows = [_paper(form, told) for form in PaperForm]
    bounds = [row["bound_seconds"] for row in rows]
    return [*rows, {**_batch(epci), "bound_seconds": round(sum(bounds), 1)}]


def _paper(form: PaperForm, told: list[Announcement]) -> dict[str, Any]:
    """Time each commune's paper; the bound lays out the first one anew each time, without reading anything."""
    from escale.web.takeaway.posters import paper_of

    begun = time.perf_counter()
    size = sum(len(paper_of(one, form)) for one in told)
    seconds = time.perf_counter() - begun
    begun = time.perf_counter()
    for _ in told:
        paper_of(told[0], form)
    return {**_row(str(form), len(told), seconds, 0, size), "bound_seconds": round(time.perf_counter() - begun, 1)}


def _batch(epci: Epci) -> dict[str, Any]:
    from escale.apps.audit.actors import SYSTEM
    from escale.web.takeaway.batching import make_posters, request_posters
    from escale.web.takeaway.posters import PaperForm

    batch = request_posters(actor=SYSTEM, epci=epci, forms=list(PaperForm))
    begun = time.perf_counter()
    make_posters(batch.pk)
    seconds = time.perf_counter() - begun
    batch.refresh_from_db()
    return _row("one batch, all three", batch.done, seconds, len(batch.failures), batch.archive.size if batch.archive else 0)


def _row(what: str, papers: int, seconds: float, failed: int, size: int) -> dict[str, Any]:
    return {
        "what": what,
        "papers": papers,
        "seconds": round(seconds, 1),
        "seconds_per_paper": round(seconds / max(papers, 1), 3),
        "failed": failed,
        "kilobytes": round(size / 1000),
        # The most that the process ever held, until the end of this row.
        "peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000),
    }


def main() -> None:
    """Measure, and print one line of JSON: the batch, and the rows."""
    with tempfile.TemporaryDirectory(prefix="escale-bench-") as folder:
        prepare(Path(folder))
        rows = measure()
        told = {name: rows[-1][name] for name in ("papers", "seconds", "seconds_per_paper", "failed", "peak_megabytes")}
        print(json.dumps({"bench": "posters", **told, "machine": machine(), "rows": rows}))


if __name__ == "__main__":
    main()
