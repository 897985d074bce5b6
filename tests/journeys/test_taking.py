"""What is taken away, on screen: the page of a year that is published, and the address of an agenda once it is made."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from pytest_django import Settings

from escale.apps.audit.actors import SYSTEM
from escale.apps.messaging.feeds import Feed, open_feed
from tests.journeys.walk import Walk
from tests.web.cast import Cast
from tests.web.takeaway.tours import make_year

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    ("coordinator", "/pilotage/tournee/emporter/?annee=2027"),
    ("coordinator", "/pilotage/tournee/agenda/"),
    ("referent", "/mairie/agenda/"),
    ("desk", "/mairie/agenda/"),
    ("mediator", "/terrain/agenda/"),
]


@pytest.fixture(autouse=True)
def _year(cast: Cast, settings: Settings) -> None:
    cast.camille.user = cast.mediator
    cast.camille.save()
    make_year(cast)
    for feed in (Feed.of_territory(cast.epci), Feed.of_commune(cast.epci, cast.oisy), Feed.of_mediator(cast.camille)):
        open_feed(actor=SYSTEM, feed=feed)


def test_each_page_is_open_to_everyone(walk: Walk, cast: Cast) -> None:
    found: dict[str, list[str]] = {}

    for who, path in PAGES:
        found |= walk.judge(path, getattr(cast, who))

    assert found == {}


@pytest.mark.parametrize("scripts", [True, False])
def test_a_referent_changes_the_address(walk: Walk, cast: Cast, scripts: bool) -> None:
    page = walk.open("/mairie/agenda/", user=cast.referent, scripts=scripts)
    before = page.get_by_label("Ou copiez cette adresse").input_value()

    page.get_by_text("Changer ou fermer cette adresse").click()
    page.get_by_role("button", name="Changer d’adresse").click()

    expect(page.get_by_role("status")).to_contain_text("L’ancienne ne marche plus")
    assert page.get_by_label("Ou copiez cette adresse").input_value() != before
