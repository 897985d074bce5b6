"""A service whose first draft may be published, seen by its coordinator."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.schedule.actions.drafting import first_draft
from escale.apps.schedule.models import Plan
from escale.apps.team.models import Mediator, Post
from escale.apps.territory.models import Commune, Epci
from escale.core.calendar.months import Month
from tests.apps.schedule.team import day, gather, place_communes

Team = list[tuple[Post, Mediator]]


@pytest.fixture(autouse=True)
def _in_november(settings: Settings) -> None:
    settings.ESCALE_TODAY = day("2026-11-23")


@pytest.fixture
def communes(epci: Epci) -> dict[str, Commune]:
    return place_communes(epci)


@pytest.fixture
def team(epci: Epci, communes: dict[str, Commune]) -> Team:
    return gather(epci, communes["59002"], "Camille", "Sacha")


@pytest.fixture
def draft(epci: Epci, team: Team, coordinator: User) -> Plan:
    return first_draft(actor=coordinator, epci=epci, months=Month.range("2027-01..2027-03"))


@pytest.fixture
def client(coordinator: User) -> Client:
    """The browser of the coordinator."""
    browser = Client()
    browser.force_login(coordinator)
    return browser
