"""A mediator in a hall without network: what is typed is kept on the telephone, sent once, and lost by nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.walk import Walk
from tests.web.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

READY = "navigator.serviceWorker.ready.then(() => new Promise(done => { if (navigator.serviceWorker.controller) done(); else navigator.serviceWorker.addEventListener('controllerchange', done) }))"


def test_a_page_that_was_read_opens_again_without_network(walk: Walk, cast: Cast) -> None:
    page = walk.open("/terrain/", user=cast.mediator)
    page.evaluate(READY)
    page.reload()
    page.wait_for_timeout(1500)
    page.context.set_offline(True)

    page.reload()

    expect(page.get_by_role("heading", level=1)).to_have_text("Bonjour Camille mediator")
    expect(page.locator("[data-net]")).to_have_text("Pas de réseau")
    page.goto(walk.address + "/terrain/agenda/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Fiches gardées ici")
