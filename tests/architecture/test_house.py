"""Rules of the house that a machine can hold: who imports whom, whole migrations, locks without addresses."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.architecture.source import ROOT, imported_from


def test_each_layer_and_each_domain_imports_only_those_below() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("lock", ["run.txt", "dev.txt"])
def test_a_lock_file_holds_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")

    assert "--hash=sha256:" in text
    assert "://" not in text
    assert "--index-url" not in text
    assert "--find-links" not in text


def test_no_signal_is_listened_to() -> None:
    assert imported_from("django.dispatch", "django.db.models.signals") == {}
