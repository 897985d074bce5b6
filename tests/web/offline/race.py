"""What two devices, or two tabs, send at the same moment, inside an installation of its own."""

from __future__ import annotations

import json
from collections import Counter
from functools import partial
from typing import Any

from django.test import Client

from escale.apps.activity.models import Record, SyncBatch
from escale.apps.audit.models import Entry
from escale.apps.visits.models import Holding
from tests.apps.booking.race import together
from tests.web.cast import make_cast
from tests.web.offline.hall import batch, closing, open_hall, record, send

SENDERS = 8


def run() -> None:
    """Say what became of each race, as JSON on the last line."""
    cast = make_cast()
    visit = open_hall(cast)
    body = batch(cast.mediator, *(record(visit) for _ in range(20)))
    again = {**body, "key": batch(cast.mediator)["key"]}
    ends = [closing(visit), closing(visit, ended="00:02")]

    def sends(what: Any) -> str:
        client = Client(SERVER_NAME="localhost")
        client.force_login(cast.mediator)
        response = send(client, what)
        if response.status_code != 200:
            return str(response.status_code)
        found = Counter(item["status"] for item in response.json()["items"])
        return ", ".join(f"{count} {status}" for status, count in sorted(found.items()))

    print(  # noqa: T201 -- the test reads it
        json.dumps(
            {
                "same_batch": together([partial(sends, body)] * SENDERS),
                "records": Record.objects.count(),
                "batches": SyncBatch.objects.count(),
                "told": Entry.objects.filter(event="activity.received").count(),
                "same_things": together([partial(sends, again)] * SENDERS),
                "records_after": Record.objects.count(),
                "closings": together([partial(sends, batch(cast.mediator, end)) for end in ends]),
                "holdings": Holding.objects.filter(closed_at__isnull=False).count(),
            }
        )
    )
