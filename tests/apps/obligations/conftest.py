"""The day on which the tests of obligations happen: 23 November 2026, in the first renewal."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from tests.apps.conventions.paper import day


@pytest.fixture(autouse=True)
def _in_november(settings: Settings) -> None:
    settings.ESCALE_TODAY = day("2026-11-23")
