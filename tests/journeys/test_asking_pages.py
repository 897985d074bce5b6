"""A secretary answers behind her link in a real browser, and every page of the consultation is open to everyone."""

from __future__ import annotations

import datetime as dt

import pytest
from playwright.sync_api import expect
from pytest_django import Settings

from escale.apps.audit.actors import SYSTEM
from escale.apps.schedule.actions.inquiring import invite_communes, open_inquiry
from escale.apps.schedule.actions.remarking import remark_dates, send_for_remarks
from escale.apps.schedule.links import LinkHolder
from escale.apps.schedule.models import (
    LinkPurpose,
    Participation,
    PersonalLink,
    Plan,
    PlannedVisit,
    PlanOrigin,
    Standing,
    Wish,
)
from escale.apps.schedule.review import dates_of
from escale.apps.team.models import Post
from escale.core.calendar.months import Month
from tests.journeys.walk import Walk
from tests.web.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TODAY, CLOSES = dt.date(2026, 10, 1), dt.date(2026, 10, 14)
CONSULTATION = "/pilotage/tournee/consultation/"
REMARKS = "/pilotage/tournee/1/remarques/"
PAGES = [
    ("coordinator", CONSULTATION),
    ("coordinator", f"{CONSULTATION}59172/"),
    ("coordinator", f"{CONSULTATION}ouvrir/"),
    ("coordinator", f"{CONSULTATION}date/"),
    ("coordinator", REMARKS),
    ("coordinator", f"{REMARKS}59446/"),
    ("coordinator", f"{REMARKS}envoyer/"),
    ("referent", "/mairie/dates/proposees/"),
    (None, "/repondre/personne-ne-connait/"),
]


@pytest.fixture
def asked(cast: Cast, settings: Settings) -> None:
    """Three mairies asked, Denain has answered; a draft sent to Oisy, which remarked upon it."""
    settings.ESCALE_TODAY = TODAY
    inquiry = open_inquiry(actor=SYSTEM, epci=cast.epci, months=Month.range("2027-01..2027-12"), closes_on=CLOSES)
    invite_communes(actor=SYSTEM, inquiry=inquiry, communes=[cast.oisy, cast.denain])
    Wish.objects.create(epci=cast.epci, inquiry=inquiry, commune=cast.denain, impossible=["TUE_AM"], comment="Merci.")
    plan = Plan.objects.create(
        epci=cast.epci, number=1, first_month="2027-01", last_month="2027-02", origin=PlanOrigin.FIRST.value, created_by="test"
    )
    Participation.objects.create(epci=cast.epci, commune=cast.oisy, standing=Standing.FIRM.value)
    for date in (dt.date(2027, 1, 12), dt.date(2027, 2, 11)):
        PlannedVisit.objects.create(
            plan=plan, commune=cast.oisy, post=Post.objects.get(), date=date, half="AM", for_month=f"{date:%Y-%m}"
        )
    send_for_remarks(actor=SYSTEM, plan=plan, until=CLOSES)
    link = PersonalLink.objects.select_related("epci", "commune").get(plan=plan)
    remark_dates(
        actor=LinkHolder(link=link, day=TODAY),
        plan=plan,
        commune=cast.oisy,
        agrees=False,
        text="Le 12 janvier, la salle est prise.",
        seen=dates_of(plan, cast.oisy).seen,
    )


def path_of(cast: Cast, purpose: LinkPurpose) -> str:
    link = PersonalLink.objects.get(commune=cast.oisy, purpose=purpose.value)
    return f"/repondre/{link.key}/"


def test_each_page_is_open_to_everyone(walk: Walk, cast: Cast, asked: None) -> None:
    found: dict[str, list[str]] = {}

    for who, path in PAGES:
        found |= walk.judge(path, getattr(cast, who) if who else None)
    for purpose in LinkPurpose:
        found |= walk.judge(path_of(cast, purpose))

    assert found == {}


def test_a_closed_page_is_open_to_everyone(walk: Walk, cast: Cast, asked: None, settings: Settings) -> None:
    settings.ESCALE_TODAY = CLOSES + dt.timedelta(days=1)

    for purpose in LinkPurpose:
        assert walk.judge(path_of(cast, purpose)) == {}


@pytest.mark.parametrize("scripts", [True, False])
def test_a_secretary_answers_is_corrected_and_thanked(walk: Walk, cast: Cast, asked: None, scripts: bool) -> None:
    page = walk.open(path_of(cast, LinkPurpose.INQUIRY), width=360, scripts=scripts)
    page.locator("#id_impossible_0").check()
    page.locator("#id_market").select_option(label="mardi matin")
    page.get_by_label("C’est un bon jour pour venir").check()
    page.get_by_label("Autre chose à nous dire ?").fill("La salle est au fond de la cour.")

    page.get_by_role("button", name="Envoyer notre réponse").click()

    assert "coché comme impossible" in page.locator("#id_market_effect_error").inner_text()
    assert page.get_by_label("Autre chose à nous dire ?").input_value() == "La salle est au fond de la cour."
    if scripts:
        assert walk.faults_of(page) == []

    page.get_by_label("Ce jour-là, il vaut mieux éviter").check()
    page.get_by_role("button", name="Envoyer notre réponse").click()

    expect(page.locator("h1")).to_contain_text("Merci : la commune d’Oisy a répondu")
    expect(page.locator("main")).to_contain_text("La commune ne peut pas ouvrir : mardi matin.")
    if scripts:
        assert walk.faults_of(page) == []


def test_a_mairie_agrees_with_one_click(walk: Walk, cast: Cast, asked: None) -> None:
    page = walk.open(path_of(cast, LinkPurpose.REMARKS), width=360)

    page.get_by_role("button", name="Ces dates nous conviennent").click()

    assert "que ces dates conviennent" in page.locator("main").inner_text()
