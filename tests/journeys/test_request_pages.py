"""A resident asks the mairie to call back, in a real browser: each state of the form for everyone, and sent without scripts."""

from __future__ import annotations

import pytest

from escale.apps.booking.actions import take_requests
from escale.apps.booking.models import Demande
from escale.core.booking.limits import YOUNGEST
from tests.journeys.walk import LOOKS, Walk
from tests.web.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = "/communes/oisy/demande/"


def test_each_state_of_the_form_is_open_to_everyone(walk: Walk, cast: Cast) -> None:
    found = walk.judge_plainly(PAGE, None, LOOKS)
    page = walk.open(PAGE)

    page.get_by_role("button", name="Envoyer ma demande").click()
    assert page.get_by_text("Écrivez un prénom.").is_visible()
    found |= walk.faults_at(page)
    page.get_by_label("Prénom").fill("Jeanne")
    page.get_by_label("Numéro de téléphone").fill("06 39 98 00 10")
    page.get_by_label("Impôts, amendes").check()
    page.wait_for_timeout(YOUNGEST.total_seconds() * 1000)
    page.get_by_role("button", name="Envoyer ma demande").click()
    page.get_by_role("heading", name="Votre demande est envoyée").wait_for()
    found |= walk.faults_at(page)
    take_requests(actor=cast.referent, commune=cast.oisy, taken=False)
    found |= walk.judge(PAGE)

    assert found == {}


def test_a_request_is_sent_with_the_keyboard_alone_and_without_scripts(walk: Walk, cast: Cast) -> None:
    page = walk.open(PAGE, scripts=False)
    page.wait_for_timeout(YOUNGEST.total_seconds() * 1000)

    page.get_by_label("Je demande pour quelqu’un que j’aide").focus()
    for key in ("Space", "Tab"):
        page.keyboard.press(key)
    page.keyboard.type("Jeanne")
    for key in ("Tab", "Tab"):
        page.keyboard.press(key)
    page.keyboard.type("06 39 98 00 10")
    for key in ("Tab", "Space", "Tab", "Tab", "Space", "Tab", "Enter"):
        page.keyboard.press(key)
    page.get_by_role("heading", name="Votre demande est envoyée").wait_for()

    row = Demande.objects.get()
    assert (row.name, row.contact, row.call_back, row.motive) == ("Jeanne", "06 39 98 00 10", True, "PAPERS")
    assert row.agreed_at is not None
