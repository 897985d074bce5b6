"""The tour that the pages show, on a known day."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.territory.models import Epci
from tests.web.tour.world import TODAY, World, make_world

Read = Callable[[User, str], str]


@pytest.fixture
def world(epci: Epci, settings: Settings) -> World:
    settings.ESCALE_TODAY = TODAY
    return make_world(epci)


@pytest.fixture
def read() -> Read:
    """Return what a person reads of a page, on one line, every space a plain one."""

    def page(user: User, path: str) -> str:
        client = Client()
        client.force_login(user)
        response = client.get(path)
        assert response.status_code == 200, path
        main = response.content.decode().partition("<main")[2].partition("</main>")[0]
        return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main)))

    return page
