"""One Chromium for all browser tests, and one small territory for each of them."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest
from django.conf import settings as project
from playwright.sync_api import Browser, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from escale.web.assets import build_assets
from tests.journeys.chromium import find_chromium
from tests.journeys.walk import Walk
from tests.web.cast import Cast, make_cast

PATIENCE = 20_000
"""Milliseconds for what a page has to show: a busy machine is no fault of the page."""


@pytest.fixture(scope="session")
def browser() -> Generator[Browser]:
    """Start the Chromium of the machine; without one the tests fail and say what to do."""
    found = find_chromium()
    assert found is not None, "no Chromium: run `make browser`"
    build_assets(project.ASSETS_DIR)
    # Playwright keeps a loop running in this thread, which is no reason to refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        # As root, Chromium has no sandbox of its own.
        chromium = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """The people and places that the pages show."""
    return make_cast()


@pytest.fixture
def walk(browser: Browser, live_server: LiveServer, cast: Cast) -> Generator[Walk]:
    """Walk through the pages in the browser."""
    walk = Walk(browser=browser, address=live_server.url)
    yield walk
    walk.close()
