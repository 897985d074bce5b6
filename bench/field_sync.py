"""What the field costs a telephone and the server, with ten years of history behind it.

The first load of the page of the day in a browser, in bytes and seconds, on this machine and on the line of a village; then a
thousand records that waited without a network, sent in batches of two hundred, and sent again as if the answers had been lost.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.machine import machine
from bench.pages import TODAY, YEAR, prepare

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from escale.apps.accounts.models import User
    from escale.apps.visits.models import Visit

ROOT = Path(__file__).resolve().parent.parent
COMMUNES = 47
QUEUED, BATCH = 1000, 200
POOR_LINE = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
"""A 4G hotspot behind thick walls: 1.6 Mbit/s, 150 ms."""
READY = """Promise.race([
  navigator.serviceWorker.ready.then(() => new Promise(done => setTimeout(done, 3000))),
  new Promise((_, fail) => setTimeout(() => fail(new Error("no worker")), 60000)),
])"""


def measure() -> list[dict[str, Any]]:
    """Return one row for each load and each sending."""
    from bench.history import write_history
    from bench.world import build
    from escale.apps.territory.models import Epci
    from escale.apps.visits.models import Visit

    world = build(COMMUNES, YEAR)
    epci = Epci.objects.get()
    write_history(epci, YEAR)
    today = dt.date.fromisoformat(TODAY)
    mine = Visit.objects.filter(post__occupancies__mediator__user=world.mediator, date__gte=today - dt.timedelta(days=30))
    held = mine.filter(date__lte=today).standing().order_by("-date")[0]
    return [*_loads(world.mediator), *_sendings(world.mediator, held)]


def _loads(user: User) -> list[dict[str, Any]]:
    from playwright.sync_api import sync_playwright

    from tests.journeys.chromium import find_chromium
    from tests.journeys.walk import Walk

    with _served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        rows = []
        for line, conditions in (("this machine", None), ("1.6 Mbit/s, 150 ms", POOR_LINE)):
            walk = Walk(browser=browser, address=address)
            page = walk.open("/terrain/manifest.webmanifest", user=user, width=360, keeps=True)
            rows.append(_load(page, f"first load, {line}", address, conditions))
            if conditions is None:
                # A poor line cannot be set for the worker, which asks for every later page.
                page.evaluate(READY)
                rows.append(_load(page, f"next load, {line}", address, conditions))
            walk.close()
        browser.close()
    return rows


def _load(page: Page, what: str, address: str, conditions: dict[str, Any] | None) -> dict[str, Any]:
    received: list[float] = []
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    if conditions is not None:
        client.send("Network.emulateNetworkConditions", conditions)
    client.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    begun = time.perf_counter()
    page.goto(f"{address}/terrain/", wait_until="load")
    spent = time.perf_counter() - begun
    client.detach()
    over_the_line = [size for size in received if size > 0]
    return _row(what, len(over_the_line), spent, kilobytes=sum(over_the_line) / 1000)


@contextmanager
def _served() -> Iterator[str]:
    """Serve the database of this process from another one, as an installation does."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    manage = [sys.executable, str(ROOT / "manage.py")]
    subprocess.run([*manage, "build_assets"], check=True, stdout=subprocess.DEVNULL)
    hosts, quiet = {**os.environ, "ESCALE_HOSTS": "127.0.0.1"}, subprocess.DEVNULL
    server = subprocess.Popen([*manage, "serve", "--port", str(port)], env=hosts, stdout=quiet, stderr=quiet)
    try:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def _sendings(user: User, visit: Visit) -> list[dict[str, Any]]:
    from escale.web.field.offline.owner import owner_key

    items = [_item(visit, number) for number in range(QUEUED)]
    batches = [items[first : first + BATCH] for first in range(0, QUEUED, BATCH)]
    owner = owner_key(user)
    return [
        _send(f"{QUEUED} records in batches of {BATCH}", user, owner, batches, "accepted"),
        _send("the same, sent again", user, owner, batches, "duplicate"),
    ]


def _send(what: str, user: User, owner: str, batches: list[list[dict[str, Any]]], expected: str) -> dict[str, Any]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    client = Client()
    client.force_login(user)
    bodies = [
        {"owner": owner, "key": str(uuid.uuid4()), "sent_at": timezone.now().isoformat(), "items": items} for items in batches
    ]
    queries, begun = 0, time.perf_counter()
    for body in bodies:
        with CaptureQueriesContext(connection) as asked:
            response = client.post("/terrain/donnees/envoi", body, content_type="application/json")
        queries += len(asked)
        found = {item["status"] for item in response.json()["items"]} if response.status_code == 200 else response.content
        if found != {expected}:
            raise SystemExit(f"{what}: {found!r}")
    spent = time.perf_counter() - begun
    sent = sum(len(json.dumps(body)) for body in bodies)
    return _row(what, QUEUED, spent, each=spent / QUEUED * 1000, queries=queries, kilobytes=sent / 1000)


def _item(visit: Visit, number: int) -> dict[str, Any]:
    from django.utils import timezone

    return {
        "sort": "record",
        "key": str(uuid.uuid4()),
        "visit": str(visit.uid),
        "minutes": str(15 + number % 30),
        "themes": ["email", "sante"],
        "age": "soixante_dix_plus",
        "entered_at": timezone.now().isoformat(),
    }


def _row(
    what: str, things: int, spent: float, *, each: float | None = None, queries: int | None = None, kilobytes: float
) -> dict[str, Any]:
    return {
        "what": what,
        "requests_or_records": things,
        "seconds": round(spent, 2),
        "milliseconds_each": None if each is None else round(each, 2),
        "queries": queries,
        "kilobytes": round(kilobytes, 1),
    }


def main() -> None:
    """Measure and print one line of JSON."""
    with tempfile.TemporaryDirectory(prefix="escale-bench-") as folder:
        prepare(Path(folder))
        # Playwright keeps a loop running in this thread, which is no reason to refuse the database.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        print(json.dumps({"bench": "field_sync", "machine": machine(), "rows": measure()}))


if __name__ == "__main__":
    main()
