"""Every page that the table of routes knows, in a real browser: whoever adds a route has its page judged here."""

from __future__ import annotations

from collections.abc import Generator

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from escale.apps.accounts.models import User
from escale.apps.territory.models import Commune
from tests.architecture.test_routes import FILES, PEOPLE, ROUTES, address_of, make_world
from tests.journeys.walk import Walk, whose_pages

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LEADS_ON = "leads on: where it leads is judged"
NO_FILE = "a file, for which nothing is there yet"
BY_OTHERS = "closed to those who pass here; the same page is judged as those to whom it is open see it"
NOT_HERE = {
    "account:start": LEADS_ON,
    "account_change_password": "nobody here has a password: judged in test_pages",
    "commune:file_paper": "no paper is waited for here: judged in test_convention_pages",
    "commune:planning_pdf": NO_FILE,
    "commune:workshop_certificate": NO_FILE,
    "entering:link": "a key that no longer serves: judged in test_pages",
    "feeds:calendar": "a file behind a key",
    "field:workshop_certificate": NO_FILE,
    "links:answer": "lies behind the key of a letter: judged in test_asking_pages",
    "links:folder": "lies behind the key of a letter",
    "links:folder_page": "lies behind the key of a letter",
    "steering:annexes_zip": NO_FILE,
    "steering:committee_minutes": NO_FILE,
    "steering:commune_pdf": NO_FILE,
    "steering:desk_correct": BY_OTHERS,
    "steering:desk_correct_demande": BY_OTHERS,
    "steering:edit_convention": "no draft here: judged in test_convention_pages",
    "steering:import_conventions_preview": "needs a file: judged in test_convention_pages",
    "steering:import_preview": "needs a file: judged in test_tour",
    "steering:try_drop": "a part of a page, which a hand that drags asks for: judged in test_tour",
    "steering:workshop_certificate": NO_FILE,
    "steering:workshop_person": BY_OTHERS,
    "steering:workshop_slip": BY_OTHERS,
    "steering:year_csv": NO_FILE,
    "steering:year_pdf": NO_FILE,
    "steering:year_xlsx": NO_FILE,
}
"""The routes that show no page in the world of the table, and why."""


def first_reader(route: str) -> str | None:
    """Return the first of the people to whom a route shows something."""
    answers = ROUTES[route].split()
    return PEOPLE[answers.index("200")] if "200" in answers else None


PAGES = [(who, route) for route in ROUTES if route not in FILES and (who := first_reader(route))]


@pytest.fixture
def people(coordinator: User, ines: User, referent_oisy: User, lawyer: User) -> dict[str, User | None]:
    """Those who are the first to be shown a page."""
    return {"anonymous": None, "coordinator": coordinator, "mediator": ines, "referent": referent_oisy, "lawyer": lawyer}


@pytest.fixture
def world(oisy: Commune, coordinator: User, ines: User, desk_oisy: User) -> dict[str, object]:
    return make_world(oisy, coordinator, ines, desk_oisy)


@pytest.fixture
def walk(browser: Browser, live_server: LiveServer) -> Generator[Walk]:
    """Walk through the world of the table, in which the cast of the other tests does not live."""
    walk = Walk(browser=browser, address=live_server.url)
    yield walk
    walk.close()


def test_a_route_that_shows_no_page_says_why() -> None:
    silent = {route for route, answers in ROUTES.items() if not {"200", "405"} & set(answers.split())}

    assert silent == set(NOT_HERE) & set(ROUTES)


@pytest.mark.parametrize(("who", "routes"), whose_pages(PAGES, most=40))
def test_each_page_is_open_to_everyone(
    walk: Walk, people: dict[str, User | None], world: dict[str, object], who: str, routes: list[str]
) -> None:
    found: dict[str, list[str]] = {}

    for route in routes:
        found |= {f"{route}: {look}": told for look, told in walk.judge(address_of(route, world), people[who]).items()}

    assert found == {}
