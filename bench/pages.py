"""What the pages cost the server, on a database of their own: median milliseconds, queries and bytes, for 47 and 158 communes."""

from __future__ import annotations

import json
import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django

from bench.machine import machine

if TYPE_CHECKING:
    from bench.world import World

SIZES = (47, 158)
YEAR = 2027
TODAY = f"{YEAR}-02-15"
BOUND_MS = 100
WARM, TIMES = 2, 15


def pages_of(world: World) -> dict[str, tuple[str, str]]:
    """Return the measured pages: who asks for which address."""
    return {
        "year at a glance": ("coordinator", f"/pilotage/tournee/?annee={world.year}"),
        "draft of a year": ("coordinator", f"/pilotage/tournee/{world.plan.number}/"),
        "month": ("coordinator", f"/pilotage/tournee/mois/{world.year}-03/"),
        "commune sheet": ("coordinator", f"/pilotage/communes/{world.code}/"),
        "capacity": ("coordinator", "/pilotage/tournee/capacite/"),
        "commune home": ("referent", "/mairie/"),
        "field home": ("mediator", "/terrain/"),
        "public commune": ("", f"/commune/{world.code}/"),
        "public home": ("", "/"),
    }


def measure() -> list[dict[str, Any]]:
    """Return one row for each page and size."""
    from django.core.management import call_command

    from bench.world import build

    rows = []
    for communes in SIZES:
        call_command("flush", interactive=False, verbosity=0)
        world = build(communes, YEAR)
        rows += [_row(name, communes, world, who, path) for name, (who, path) in pages_of(world).items()]
    return sorted(rows, key=lambda row: list(pages_of(world)).index(row["page"]))


def _row(name: str, communes: int, world: World, who: str, path: str) -> dict[str, Any]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    if who:
        client.force_login(getattr(world, who))
    if (status := client.get(path).status_code) != 200:
        raise SystemExit(f"{path}: {status}")
    for _ in range(WARM):
        client.get(path)
    spent = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        answer = client.get(path)
        spent.append(time.perf_counter() - begun)
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return {
        "page": name,
        "communes": communes,
        "server_ms": round(statistics.median(spent) * 1000, 1),
        "bound_ms": BOUND_MS,
        "queries": len(asked),
        "bytes": len(answer.content),
    }


def prepare(folder: Path) -> None:
    """Point the settings at a database in a folder, and at plain static files, before Django reads them."""
    for name in [name for name in os.environ if name.startswith("ESCALE_")]:
        del os.environ[name]
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "escale.config.settings",
        "ESCALE_VAR": str(folder),
        "ESCALE_TODAY": TODAY,
        "ESCALE_HOSTS": "testserver",
        "DATABASE_URL": f"sqlite:///{folder / 'pages.sqlite3'}",
    }
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    call_command("migrate", verbosity=0)


def main() -> None:
    """Measure and print one line of JSON."""
    with tempfile.TemporaryDirectory(prefix="escale-bench-") as folder:
        prepare(Path(folder))
        print(json.dumps({"bench": "pages", "machine": machine(), "rows": measure()}))


if __name__ == "__main__":
    main()
