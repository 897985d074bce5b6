"""Oisy and Bousignies take appointments; Inès comes to both, on 5 and 7 January 2027; the tests live on 1 December 2026."""

from __future__ import annotations

import datetime as dt

import pytest
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.team.models import Mediator, Post
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.models import Visit
from tests.apps.booking.service import Clock, hold_post, open_office, promise, settle, take_part


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
    """The visit of Oisy, on Tuesday afternoon: appointments from 16 h to 17 h."""
    for commune in (oisy, bousignies):
        open_office(commune)
        take_part(epci, commune)
    settle(epci, promise(oisy, post, "2027-01-05"), promise(bousignies, post, "2027-01-07"))
    return Visit.objects.get(commune=oisy)


@pytest.fixture
def next_door(visit: Visit) -> Visit:
    """The visit of Bousignies, on Thursday afternoon."""
    return Visit.objects.get(date=dt.date(2027, 1, 7))
