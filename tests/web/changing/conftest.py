"""A coordinator with a draft and a published tour of three communes, on a Monday of January 2027."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.schedule.models import Plan
from escale.apps.team.models import Mediator, Post
from escale.apps.territory.models import Commune, Epci
from tests.apps.schedule.sketch import a_draft, a_planned_visit, as_published, take_part
from tests.apps.schedule.team import gather, place_communes

Team = list[tuple[Post, Mediator]]


@pytest.fixture(autouse=True)
def _today(settings: Settings) -> None:
    settings.ESCALE_TODAY = dt.date(2027, 1, 11)


@pytest.fixture
def communes(epci: Epci) -> dict[str, Commune]:
    return place_communes(epci)


@pytest.fixture
def team(epci: Epci, communes: dict[str, Commune]) -> Team:
    return gather(epci, communes["59002"], "Camille", "Sacha")


@pytest.fixture
def browser(coordinator: User) -> Client:
    """The browser of the coordinator."""
    client = Client()
    client.force_login(coordinator)
    return client


def fill(plan: Plan, communes: dict[str, Commune], post: Post) -> None:
    """Plan January to March: three communes on the third Tuesday and Thursday, all by one post."""
    for month, tuesday, thursday in (("01", "19", "21"), ("02", "16", "18"), ("03", "16", "18")):
        a_planned_visit(plan, communes["59001"], post, f"2027-{month}-{tuesday}")
        a_planned_visit(plan, communes["59002"], post, f"2027-{month}-{tuesday}", "PM")
        a_planned_visit(plan, communes["59003"], post, f"2027-{month}-{thursday}")


@pytest.fixture
def draft(epci: Epci, communes: dict[str, Commune], team: Team) -> Plan:
    take_part(epci, communes.values())
    plan = a_draft(epci, months=("2027-01", "2027-03"))
    fill(plan, communes, team[0][0])
    return plan


@pytest.fixture
def published(epci: Epci, draft: Plan, communes: dict[str, Commune], team: Team) -> Plan:
    plan = a_draft(epci, number=2, months=("2027-01", "2027-03"))
    fill(plan, communes, team[0][0])
    as_published(plan)
    plan.refresh_from_db()
    return plan
