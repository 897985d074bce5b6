"""What the pages of the desk and of the field cost with ten years of history: median milliseconds, queries and bytes.

47 communes, 5,640 half-days held with two appointments each, 100,000 records: all before the year that is published.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.machine import machine
from bench.pages import prepare, row_of

if TYPE_CHECKING:
    from bench.world import World
    from escale.apps.visits.models import Visit

COMMUNES, YEAR = 47, 2027


def pages_of(world: World, visit: Visit, mine: Visit) -> dict[str, tuple[str, str]]:
    """Return the measured pages: who asks for which address."""
    from django.urls import reverse

    return {
        "desk: first page": ("referent", reverse("commune:home")),
        "desk: book someone": ("referent", reverse("commune:desk_book", args=[visit.pk])),
        "desk: requests": ("referent", reverse("commune:desk_demandes")),
        "field: today": ("mediator", reverse("field:home")),
        "field: log a person": ("mediator", reverse("field:log", args=[mine.uid])),
        "field: close the half-day": ("mediator", reverse("field:half_day", args=[mine.uid])),
        "field: data of the day": ("mediator", reverse("field:day_data")),
        "steering: half-days": ("coordinator", reverse("steering:service")),
        "steering: one half-day": ("coordinator", reverse("steering:service_visit", args=[visit.pk])),
    }


def measure() -> list[dict[str, Any]]:
    """Return one row for each page."""
    import datetime as dt

    from bench.history import write_history
    from bench.pages import TODAY
    from bench.world import build
    from escale.apps.territory.models import Epci
    from escale.apps.visits.models import Visit

    world = build(COMMUNES, YEAR)
    write_history(Epci.objects.get(), YEAR)
    coming = Visit.objects.coming().from_day(dt.date.fromisoformat(TODAY))
    visit = coming.filter(commune__code=world.code)[0]
    mine = coming.filter(post__occupancies__mediator__user=world.mediator)[0]
    return [row_of(name, COMMUNES, getattr(world, who), path) for name, (who, path) in pages_of(world, visit, mine).items()]


def main() -> None:
    """Measure and print one line of JSON."""
    with tempfile.TemporaryDirectory(prefix="escale-bench-") as folder:
        prepare(Path(folder))
        print(json.dumps({"bench": "service", "machine": machine(), "rows": measure()}))


if __name__ == "__main__":
    main()
