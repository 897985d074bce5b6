"""Inès holds workshops for Oisy and Bousignies from 12 January 2027 on; the tests live on 1 December 2026."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.team.models import Mediator, Post
from escale.apps.territory.models import Commune, Epci
from escale.apps.workshops.models import Workshop
from tests.apps.booking.service import Clock, hold_post, take_part
from tests.apps.workshops.service import make_open, plan_for


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Clock:
    settings.ESCALE_TODAY = None
    clock = Clock()
    monkeypatch.setattr("django.utils.timezone.now", clock)
    return clock


@pytest.fixture
def post(clock: Clock, epci: Epci, oisy: Commune, bousignies: Commune, ines: User) -> Post:
    for commune in (oisy, bousignies):
        take_part(epci, commune)
    mediator = Mediator.objects.create(epci=epci, first_name="Inès", last_name="Carlier", user=ines)
    return hold_post(epci, oisy, "Poste 1", mediator)


@pytest.fixture
def workshop(epci: Epci, oisy: Commune, post: Post) -> Workshop:
    """Open to the residents of Oisy, eight places."""
    return make_open(epci, plan_for(oisy, post))
