"""Oisy takes appointments for its visit of 5 January 2027; Bousignies has hers on the 7th; it is 1 December 2026."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.team.models import Mediator, Post
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.models import Visit
from tests.apps.booking.service import Clock, hold_post, open_office, promise, settle, take_part
from tests.web.commune.conftest import plain

LogIn = Callable[[User], Client]
SEEN = "2027-01-05 PM"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Clock:
    settings.ESCALE_TODAY = None
    clock = Clock()
    monkeypatch.setattr("django.utils.timezone.now", clock)
    return clock


@pytest.fixture
def post(epci: Epci, oisy: Commune, ines: User) -> Post:
    mediator = Mediator.objects.create(epci=epci, first_name="Inès", last_name="Carlier", user=ines)
    return hold_post(epci, oisy, "Poste 1", mediator)


@pytest.fixture
def visit(clock: Clock, epci: Epci, oisy: Commune, bousignies: Commune, post: Post) -> Visit:
    """The visit of Oisy: appointments at 16 h and 16 h 30."""
    for commune in (oisy, bousignies):
        open_office(commune)
        take_part(epci, commune)
    settle(epci, promise(oisy, post, "2027-01-05"), promise(bousignies, post, "2027-01-07"))
    return Visit.objects.get(commune=oisy)


@pytest.fixture
def next_door(visit: Visit) -> Visit:
    return Visit.objects.get(date=dt.date(2027, 1, 7))


@pytest.fixture
def desk(visit: Visit, desk_oisy: User) -> Client:
    """The browser of the front desk of Oisy."""
    return logged_in_as(desk_oisy)


@pytest.fixture
def neighbour(visit: Visit, referent_bousignies: User) -> Client:
    """The browser of the référent of Bousignies."""
    return logged_in_as(referent_bousignies)


def logged_in_as(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def typed(**fields: Any) -> dict[str, Any]:
    """What a desk types of someone who has a telephone, for the first slot of Oisy."""
    return {
        "slot": "1",
        "seen": SEEN,
        "key": str(uuid.uuid4()),
        "first_name": "Jean",
        "name": "Exemple",
        "channel": "phone",
        "contact": "06 12 34 56 78",
        "motive": "PAPERS",
        **fields,
    }


def sent(client: Client, path: str, **fields: Any) -> str:
    """Send a form and return what the next page says."""
    response = client.post(path, fields, follow=True)
    assert response.status_code == 200, path
    return plain(response.content.decode())
