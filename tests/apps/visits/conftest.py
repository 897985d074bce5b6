"""Oisy and Bousignies on 5 and 7 January 2027, by the post of Inès; Tom holds another one; the tests live on 1 December 2026."""

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
def mine(epci: Epci, oisy: Commune, ines: User) -> Post:
    """The post of Inès."""
    return hold_post(epci, oisy, "Poste 1", Mediator.objects.create(epci=epci, first_name="Inès", last_name="C", user=ines))


@pytest.fixture
def other_post(epci: Epci, oisy: Commune, tom: User) -> Post:
    """The post of Tom."""
    return hold_post(epci, oisy, "Poste 2", Mediator.objects.create(epci=epci, first_name="Tom", last_name="D", user=tom))


@pytest.fixture
def visit(clock: Clock, epci: Epci, oisy: Commune, bousignies: Commune, mine: Post) -> Visit:
    """The visit of Oisy, on Tuesday afternoon."""
    for commune in (oisy, bousignies):
        open_office(commune)
        take_part(epci, commune)
    settle(epci, promise(oisy, mine, "2027-01-05"), promise(bousignies, mine, "2027-01-07"))
    return Visit.objects.get(commune=oisy)


@pytest.fixture
def on_the_day(clock: Clock, visit: Visit) -> dt.date:
    """It is the afternoon of the visit of Oisy."""
    clock.go("2027-01-05", "15:00")
    return visit.date
