"""The pages that matter most, in a real browser: by keyboard alone, narrow, enlarged, spaced out, without scripts or motion."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict

import pytest
from playwright.sync_api import Browser

from escale.apps.audit.actors import SYSTEM
from escale.apps.booking.actions import book_appointment
from escale.apps.team.models import Mediator
from escale.apps.territory import clock
from escale.apps.territory.models import Relay
from tests.apps.booking.service import resident
from tests.journeys.access import PAGES, PROOFS, Proved, Who, prove
from tests.journeys.cases import in_force
from tests.journeys.walk import Walk
from tests.web.cast import Cast
from tests.web.visiting import make_visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


FAULTS = {
    "keyboard": """<style>:focus-visible { outline: 3px solid }</style>
        <a href="#a">one</a><a href="#b" style="outline: none">two</a>
        <button id="trap">three</button><button>four</button>
        <script>trap.addEventListener("keydown", event => event.preventDefault())</script>""",
    "320 px": """<p style="width: 404px; margin: 0">wide</p>""",
    "400 %": """<p style="position: fixed; top: 0; height: 200px">in the way</p>""",
    "spacing": """<p style="overflow: hidden; height: 1.1em; line-height: 1.1; margin: 0">cut</p>""",
    "motion": """<p style="transition: color 1s">slow</p>""",
    "targets": """<button style="width: 9px; height: 9px; padding: 0"></button>
        <button style="width: 9px; height: 9px; padding: 0"></button>""",
}
"""A page for each proof, on which it must find something."""


@pytest.fixture
def arguments(cast: Cast) -> dict[str, object]:
    """Oisy under convention, helped today and in two weeks, with someone who comes: what the addresses of the pages name."""
    in_force(cast.epci, cast.oisy)
    today = clock.today(cast.epci)
    Mediator.objects.filter(pk=cast.camille.pk).update(user=cast.mediator)
    Relay.objects.create(commune=cast.oisy, kind="CCAS", name="CCAS", phone="03 53 01 00 77", checked_on=today)
    now, later = (make_visit(cast, cast.oisy, today + dt.timedelta(days=days), "PM") for days in (0, 14))
    book_appointment(actor=SYSTEM, visit=later, slot=1, person=resident())
    return {"visit": later.pk, "uid": now.uid}


def test_the_list_holds_25_pages_each_once() -> None:
    assert len(set(PAGES)) == len(PAGES) == 25


@pytest.mark.parametrize("who", [None, "referent", "mediator", "coordinator"])
def test_the_pages_that_matter_most_hold_in_every_way(
    walk: Walk, cast: Cast, arguments: dict[str, object], record_property: Callable[[str, object], None], who: Who | None
) -> None:
    user = getattr(cast, who) if who else None
    faults: dict[str, list[str]] = {}

    for path in [path for one, path in PAGES if one == who]:
        found = prove(walk, path.format(**arguments), user)
        record_property("proved", asdict(Proved(who=who or "resident", path=path, found=found)))
        faults |= {f"{path} {proof}": told for proof, told in found.items() if told}

    assert faults == {}


def test_each_proof_finds_what_it_is_there_to_find(browser: Browser) -> None:
    found = {}

    for name, fault in FAULTS.items():
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.set_content(f"<main>{fault}</main>")
        found[name] = [told.partition(":")[0] for told in PROOFS[name](page)]
        page.close()

    assert found == {
        "keyboard": ["not reached", "focus not seen"],
        "320 px": ["scrolls 92 px sideways"],
        "400 %": ["stays in the way"],
        "spacing": ["cut", "cut"],
        "motion": ["moves"],
        "targets": ["target-size"] * 4,
    }
