"""Someone logs in, reaches the pages of their role, and leaves."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.forms import press
from tests.journeys.walk import Walk
from tests.web.cast import PASSWORD, Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def log_in(page: Page, email: str, password: str = PASSWORD) -> None:
    page.get_by_label("Courriel").fill(email)
    page.get_by_label("Mot de passe", exact=True).fill(password)
    page.get_by_role("button", name="Se connecter").click()


@pytest.mark.parametrize(
    ("email", "heading"),
    [
        ("coordinator@example.org", "Bonjour Camille coordinator"),
        ("lawyer@example.org", "Bonjour Camille lawyer"),
        ("reader@example.org", "Bonjour Camille reader"),
        ("referent@example.org", "Prochain passage à Oisy"),
        ("desk@example.org", "Prochain passage à Oisy"),
        ("mediator@example.org", "Bonjour Camille mediator"),
        ("personne@example.org", "Votre compte n’a pas de rôle aujourd’hui"),
    ],
)
@pytest.mark.parametrize("scripts", [True, False])
def test_each_role_reaches_its_first_page(walk: Walk, email: str, heading: str, scripts: bool) -> None:
    page = walk.open("/compte/login/", scripts=scripts)

    log_in(page, email)

    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def test_leaving_is_two_clicks_from_any_page(walk: Walk, cast: Cast) -> None:
    page = walk.open("/pilotage/communes/", user=cast.coordinator)

    page.get_by_text("Camille coordinator").click()
    # What a device keeps of a mediator goes first: the page that follows comes a little later.
    press(page, "Se déconnecter")

    page.goto(walk.address + "/pilotage/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Se connecter")


def test_a_wrong_password_says_what_to_do(walk: Walk) -> None:
    page = walk.open("/compte/login/")

    log_in(page, "coordinator@example.org", "pas le bon mot de passe")

    expect(page.get_by_role("alert")).to_contain_text("sont incorrects")


def test_the_list_of_communes_follows_what_is_typed(walk: Walk) -> None:
    page = walk.open("/")

    page.get_by_label("Votre commune").press_sequentially("sentin")

    expect(page.locator("#nombre")).to_have_text("1 commune pour « sentin »")
    left = page.locator("#communes li").filter(visible=True)
    expect(left).to_have_count(1)
    expect(left).to_contain_text("La Sentinelle")


def test_the_keyboard_reaches_the_content_first(walk: Walk) -> None:
    page = walk.open("/")

    page.keyboard.press("Tab")

    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
