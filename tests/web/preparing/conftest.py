"""A service that can be planned: the communes of the cast on the map and in the tour, one post that is held."""

from __future__ import annotations

import datetime as dt

import pytest
from pytest_django import Settings

from escale.apps.audit.actors import SYSTEM
from escale.apps.schedule.actions import change_standings
from escale.apps.schedule.models import Standing
from escale.apps.territory.models import Commune
from tests.web.cast import Cast


@pytest.fixture(autouse=True)
def _frozen_day(settings: Settings) -> None:
    settings.ESCALE_TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def service(cast: Cast) -> Cast:
    """The cast, once its three communes take part in the tour."""
    Commune.objects.update(latitude=50.3, longitude=3.4)
    wanted = dict.fromkeys(Commune.objects.all(), Standing.FIRM)
    change_standings(actor=SYSTEM, epci=cast.epci, wanted=wanted, starts=dt.date(2026, 1, 5))
    return cast
