"""The site of a commune, on another origin: the link that it pasted says the next date, or stays a link."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route
from pytest_django import Settings

from escale.apps.territory.models import Commune, Mairie, Room
from escale.web.public.integrating import link_of, script_of
from tests.journeys.walk import Walk
from tests.web.cast import Cast
from tests.web.visiting import TODAY, day, make_visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SITE = "http://localhost:4999/"
EVIL = "<img src=x onerror=alert(1)>"
STRICT = "default-src 'none'; require-trusted-types-for 'script'"
WHEN = "mercredi 23 décembre 2026, 9\u202fh – 12\u202fh"


def site(walk: Walk, body: str, *, policy: str = "default-src *", scripts: bool = True) -> Page:
    """Open the page of a site that holds some code, under its own policy."""
    # A browser asks before one site of the machine itself reads another one there.
    context = walk.browser.new_context(java_script_enabled=scripts, locale="fr-FR", permissions=["local-network-access"])
    walk.contexts.append(context)
    headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy}

    def answer(route: Route) -> None:
        route.fulfill(headers=headers, body=f"<!doctype html><html lang=fr><title>Oisy</title>{body}</html>")

    context.route(f"{SITE}**", answer)
    page = context.new_page()
    page.goto(SITE)
    page.wait_for_load_state("networkidle")
    return page


def test_the_link_of_a_commune_says_its_next_date_on_any_site(walk: Walk, cast: Cast, settings: Settings) -> None:
    settings.ESCALE_TODAY = TODAY
    Mairie.objects.create(commune=cast.oisy, phone="03 53 01 00 10")
    Room.objects.update(name=EVIL)
    make_visit(cast, cast.oisy, day(12, 23), origin=(day(12, 9), "AM"))

    def pasted(commune: Commune) -> str:
        link = link_of(commune, f"{walk.address}/communes/{commune.slug}/")
        return link + script_of(commune, f"{walk.address}/integration.js")

    body = pasted(cast.oisy) + pasted(Commune(name="Nulle", slug="nulle-part")) + pasted(cast.oisy)
    needed = f"{STRICT}; script-src {walk.address}; connect-src {walk.address}"

    open_site, strict, allowed = site(walk, body), site(walk, body, policy=STRICT), site(walk, body, policy=needed)
    plain = site(walk, body, scripts=False)

    for page in (open_site, allowed):
        boxes = page.locator(".aide-numerique")
        box = boxes.first
        box.wait_for()
        assert boxes.count() == 2, "beneath each link that was pasted, and beneath none that leads nowhere"
        assert box.locator("p").all_inner_texts() == [
            f"La date a changé à Oisy : {WHEN}. Ce n’est plus mercredi 9 décembre 2026, matin.",
            f"Prochaine date : {WHEN}",
            f"Mairie, {EVIL}, 12 rue de l’Église",
            "Mairie : 03 53 01 00 10",
        ]
        assert box.locator("a").get_attribute("href") == "tel:0353010010"
        assert page.locator("img, iframe, style").count() == 0
        assert page.context.cookies() == []
    for page in (open_site, strict, allowed, plain):
        links = page.get_by_role("link", name="Rendez-vous numériques").all_inner_texts()
        assert links == [f"Rendez-vous numériques à {name} : prochaines dates" for name in ("Oisy", "Nulle", "Oisy")]
    for page in (strict, plain):
        assert page.locator("body > *").count() == 6, "three links and three scripts, and nothing more"
