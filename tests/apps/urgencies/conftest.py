"""Inès and Tom are on call on Tuesday afternoon, 24 November 2026; it is 15 h in Paris."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.team.models import Mediator
from escale.apps.territory.models import Commune, Epci
from tests.apps.booking.service import Clock, hold_post


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Clock:
    settings.ESCALE_TODAY = None
    clock = Clock()
    clock.go("2026-11-24", "15:00")
    monkeypatch.setattr("django.utils.timezone.now", clock)
    return clock


@pytest.fixture
def team(clock: Clock, epci: Epci, oisy: Commune, ines: User, tom: User) -> dict[str, Mediator]:
    """The two of them, each in a post."""
    found = {}
    for number, (name, user) in enumerate((("Inès", ines), ("Tom", tom)), start=1):
        phone = f"06 39 98 00 0{number}"
        mediator = Mediator.objects.create(epci=epci, first_name=name, last_name="Exemple", phone=phone, user=user)
        hold_post(epci, oisy, f"Poste {number}", mediator)
        found[name] = mediator
    return found
