"""What every test stands on: quick passwords, plain static files, letters kept in memory."""

from __future__ import annotations

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _light_settings(settings: Settings) -> None:
    """Leave out what only costs time here: slow hashes, and file names that need a collection first."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
