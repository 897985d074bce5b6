"""What an import from La Coop costs: its file opened without names, read, and written, up to fifty thousand activities.

Seconds of the processor, and the most memory that the process ever held: the steps are those of a page and of a worker.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import random
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.machine import machine
from bench.pages import prepare

SIZES = (1_500, 50_000)
"""The year of a mediator; and more than thirty of them."""
COMMUNES, YEAR = 2, 2027


def workbook(count: int, first: dt.date) -> bytes:
    """Return a sheet of La Coop with as many activities."""
    from openpyxl import Workbook

    from escale.core.activity.coop import Heading

    chance = random.Random(1)
    book = Workbook(write_only=True)
    page = book.create_sheet("Activités")
    for row in (["Informations export"], ["Nom", "Exemple"], [], list(Heading)):
        page.append(row)
    for number in range(count):
        said: dict[Heading, Any] = {
            Heading.DATE: first + dt.timedelta(days=chance.randrange(300)),
            Heading.KIND: "Accompagnement individuel",
            Heading.PEOPLE: 1,
            Heading.PERSON: f"Personne {number}",
            Heading.PLACE: "Lieu d’activité",
            Heading.WHERE: "Mairie, 59590 Raismes",
            Heading.MINUTES: chance.choice([15, 30, 45]),
            Heading.DEVICES: "Ordinateur\nTéléphone",
            Heading.THEMES: "E-mail\nSanté",
            Heading.AUTONOMY: "1/3",
            Heading.GENDER: chance.choice(["Masculin", "Féminin"]),
            Heading.AGE: chance.choice(["60 - 69 ans", "70 ans et plus"]),
            Heading.NOTES: f"Note {number}",
        }
        page.append([said.get(heading, "") for heading in Heading])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def measure() -> list[dict[str, Any]]:
    """Return a row for each number of activities, each in a year of its own: none is a double of another."""
    from bench.world import build
    from escale.apps.team.models import Mediator

    build(COMMUNES, YEAR)
    mediator = Mediator.objects.get()
    return [_row(mediator, count, dt.date(YEAR - 2 - rank, 1, 1)) for rank, count in enumerate(SIZES)]


def _row(mediator: Any, count: int, first: dt.date) -> dict[str, Any]:
    from escale.apps.activity.actions import exchanging
    from escale.apps.audit.actors import SYSTEM

    content = workbook(count, first)
    # Each step is timed apart, as a worker does it.
    exchanging.MOST_IN_A_PAGE = 0
    opened, row = _timed(lambda: exchanging.give_coop_file(actor=SYSTEM, mediator=mediator, name="a.xlsx", content=content))
    read, _ = _timed(lambda: exchanging.read_coop_import(key=row.pk))
    row.refresh_from_db()
    exchanging.take_coop_import(actor=SYSTEM, row=row)
    written, _ = _timed(lambda: exchanging.write_coop_import(key=row.pk))
    row.refresh_from_db()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "activities": count,
        "megabytes": round(len(content) / 1e6, 1),
        "taken": row.report["taken"],
        "opened_s": opened,
        "read_s": read,
        "written_s": written,
        "peak_mb": round(peak / 1000),
    }


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.process_time()
    found = work()
    return round(time.process_time() - begun, 1), found


def main() -> None:
    """Measure and print one line of JSON."""
    with tempfile.TemporaryDirectory(prefix="escale-bench-") as folder:
        prepare(Path(folder))
        print(json.dumps({"bench": "coop", "machine": machine(), "rows": measure()}))


if __name__ == "__main__":
    main()
