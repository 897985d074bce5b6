"""The day on which steps are taken, and those who take them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from escale.apps.accounts.models import User
from tests.apps.conventions.paper import day
from tests.cast import Person, engage, make_epci
from tests.web.cast import Cast


@pytest.fixture
def _in_november(settings: Settings) -> None:
    settings.ESCALE_TODAY = day("2026-11-23")


@pytest.fixture
def client(cast: Cast, logged_in: Callable[[User], Client]) -> Client:
    """The browser of the coordinator."""
    return logged_in(cast.coordinator)


@pytest.fixture
def lawyer(cast: Cast, logged_in: Callable[[User], Client]) -> Client:
    """The browser of the lawyer."""
    return logged_in(cast.lawyer)


@pytest.fixture
def elsewhere_client(logged_in: Callable[[User], Client]) -> Client:
    """The browser of the coordinator of another territory."""
    return logged_in(engage(Person.STRANGER, make_epci("200068500", "Caux Seine Agglo")))
