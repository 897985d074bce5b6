"""What the tests of pages stand on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from escale.apps.accounts.models import User
from tests.web.cast import Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    """The people and places that the pages show."""
    return make_cast()


@pytest.fixture
def logged_in() -> Callable[[User], Client]:
    """Return a browser in which someone has logged in."""

    def log_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return log_in
