"""Inès has just held the afternoon of Tuesday 5 January 2027 in Oisy: the tests live that evening."""

from __future__ import annotations

import pytest

from escale.apps.team.models import Mediator
from escale.apps.visits.models import Visit
from tests.apps.booking.conftest import clock, next_door, post
from tests.apps.booking.conftest import visit as promised_visit
from tests.apps.booking.service import Clock

__all__ = ["clock", "next_door", "post", "promised_visit"]


@pytest.fixture
def visit(promised_visit: Visit, clock: Clock) -> Visit:
    """The afternoon in Oisy, at its last hour."""
    clock.go("2027-01-05", "16:45")
    return promised_visit


@pytest.fixture
def mediator(visit: Visit) -> Mediator:
    return Mediator.objects.get()
