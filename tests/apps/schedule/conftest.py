"""A service that can be planned, and searches that take no longer than a blink."""

from __future__ import annotations

import pytest

from escale.apps.team.models import Mediator, Post
from escale.apps.territory.models import Commune, Epci
from tests.apps.schedule.team import gather, place_communes


@pytest.fixture
def communes(epci: Epci) -> dict[str, Commune]:
    return place_communes(epci)


@pytest.fixture
def team(epci: Epci, communes: dict[str, Commune]) -> list[tuple[Post, Mediator]]:
    return gather(epci, communes["59002"], "Camille", "Sacha")
