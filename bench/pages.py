"""What the pages cost the server, on a database of their own: median milliseconds, queries and bytes.

The tour has 47 and 158 communes; the board of the conventions 47 and 1,250 of them.
"""

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
    from escale.apps.accounts.models import User

SIZES = (47, 158)
CONVENTIONS = (47, 1250)
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
        "public commune": ("", f"/communes/{world.slug}/"),
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
        rows += [row_of(name, communes, getattr(world, who, None), path) for name, (who, path) in pages_of(world).items()]
    rows.sort(key=lambda row: list(pages_of(world)).index(row["page"]))
    return rows + sorted(_conventions(), key=lambda row: str(row["page"]))


def _conventions() -> list[dict[str, Any]]:
    """Return one row for each page of the conventions and size."""
    from django.core.management import call_command

    from bench.convention_world import build
    from bench.world import engage
    from escale.apps.accounts.access import Kind
    from escale.apps.conventions.models import Convention

    rows = []
    for size in CONVENTIONS:
        call_command("flush", interactive=False, verbosity=0)
        [epci] = build(size, territories=1)
        lawyer = engage("lawyer", Kind.LAWYER, epci)
        one = Convention.objects.filter(notified_on__isnull=False).first()
        paths = {
            "board of the conventions": "/pilotage/conventions/",
            "deadlines of the conventions": "/pilotage/conventions/echeances/",
            "page of one convention": f"/pilotage/conventions/{one.pk if one else 0}/",
        }
        bound = BOUND_MS if size == CONVENTIONS[0] else None
        rows += [row_of(name, size, lawyer, path) | {"bound_ms": bound} for name, path in paths.items()]
    return rows


def row_of(name: str, communes: int, user: User | None, path: str) -> dict[str, Any]:
    """Return what one page costs: asked for several times, then once with its queries counted."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    if user is not None:
        client.force_login(user)
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
