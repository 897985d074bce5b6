"""Each variable of the environment is read with its type, refused with its name, and told in the operators' guide."""

from __future__ import annotations

import ast
import datetime as dt
import os
import re
import secrets
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from escale.config import env
from tests.architecture.source import ROOT


def variables_read() -> set[str]:
    """Return the names that the settings ask the environment for, by themselves or through a reader of several."""
    found = {"ESCALE_SECRET_KEY"}
    for module in ("settings.py", "env.py"):
        tree = ast.parse((ROOT / "escale" / "config" / module).read_text(encoding="utf-8"))
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant):
                name = str(call.args[0].value)
                if re.fullmatch(r"ESCALE_[A-Z_]+|DATABASE_URL", name):
                    found.add(name)
    return found


def test_the_guide_tells_every_variable_and_no_other() -> None:
    guide = (ROOT / "docs" / "guide" / "exploitation.md").read_text(encoding="utf-8")

    assert set(re.findall(r"^\| `([A-Z_]+)` \|", guide, re.MULTILINE)) == variables_read()


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (lambda: env.boolean("ESCALE_X", default=False), "peut-être"),
        (lambda: env.number("ESCALE_X", default=1), "-3"),
        (lambda: env.number("ESCALE_X", default=6, least=6), "5"),
        (lambda: env.number("ESCALE_X", default=1), "²"),
        (lambda: env.day("ESCALE_X"), "22/11/2026"),
        (lambda: env.one_of("ESCALE_X", ("A", "B"), default="A"), "C"),
    ],
)
def test_a_bad_value_is_refused_with_its_name_and_what_to_write(
    read: Callable[[], object], value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ESCALE_X", value)

    with pytest.raises(ImproperlyConfigured, match=f"^ESCALE_X : « {value} » ne convient pas ; écrire "):
        read()


def test_each_reader_gives_its_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESCALE_X", " oui ")
    assert env.boolean("ESCALE_X", default=False)
    monkeypatch.setenv("ESCALE_X", "12")
    assert env.number("ESCALE_X", default=1) == 12
    monkeypatch.setenv("ESCALE_X", "a.fr, b.fr c.fr")
    assert env.words("ESCALE_X", default=[]) == ["a.fr", "b.fr", "c.fr"]
    monkeypatch.setenv("ESCALE_X", "2026-11-22")
    assert env.day("ESCALE_X") == dt.date(2026, 11, 22)
    monkeypatch.setenv("ESCALE_X", "~/escale")
    assert env.path("ESCALE_X", default=ROOT) == Path.home() / "escale"


@pytest.mark.parametrize("value", [None, "", "  "])
def test_an_empty_variable_counts_as_absent(value: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ESCALE_X", raising=False)
    if value is not None:
        monkeypatch.setenv("ESCALE_X", value)

    assert env.text("ESCALE_X", default="x") == "x"
    assert env.boolean("ESCALE_X", default=True)
    assert env.number("ESCALE_X", default=7) == 7
    assert env.day("ESCALE_X") is None
    assert env.path("ESCALE_X", default=ROOT) == ROOT


def test_a_secret_is_drawn_once_and_kept_for_its_owner_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ESCALE_SECRET_KEY", raising=False)

    first, second = (env.secret_key(tmp_path, required=False) for _ in range(2))

    assert first == second
    assert len(first) >= env.SHORTEST_SECRET
    (kept,) = tmp_path.iterdir()
    assert kept.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("value", ["", "court"])
def test_production_wants_a_long_secret_of_its_own(value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESCALE_SECRET_KEY", value)

    with pytest.raises(ImproperlyConfigured, match=r"^ESCALE_SECRET_KEY : en production"):
        env.secret_key(tmp_path, required=True)


def check(tmp_path: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    variables |= {"ESCALE_VAR": str(tmp_path), "ESCALE_SECRET_KEY": secrets.token_urlsafe(48)}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    # The browser tests of the same process allow themselves what no deployment may.
    env = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"} | variables
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize("scheme", ["oracle", "postgre", "http"])
def test_a_database_that_is_not_one_of_the_two_is_refused_without_repeating_its_address(
    scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ESCALE_X", f"{scheme}://compte:secret@machine/base")

    with pytest.raises(ImproperlyConfigured, match=r"^ESCALE_X : cette adresse ne convient pas") as raised:
        env.database("ESCALE_X", default="sqlite://")

    assert "secret" not in str(raised.value)


@pytest.mark.slow
def test_production_passes_the_checks_of_a_deployment(tmp_path: Path) -> None:
    done = check(tmp_path, ESCALE_PRODUCTION="1")

    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_production_refuses_a_frozen_day(tmp_path: Path) -> None:
    done = check(tmp_path, ESCALE_PRODUCTION="1", ESCALE_TODAY="2026-11-22")

    assert done.returncode != 0
    assert "ESCALE_TODAY : en production" in done.stderr
