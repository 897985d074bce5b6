"""The pages of a half-day in a real browser: for everyone, at any width, with and without scripts, under one thumb."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from playwright.sync_api import expect

from escale.apps.accounts.models import User
from escale.apps.activity.actions import log_record
from escale.apps.activity.models import Record
from escale.apps.audit.actors import SYSTEM
from escale.apps.booking.actions import book_appointment
from escale.apps.booking.people import Person
from escale.apps.schedule.models import Participation, Standing
from escale.apps.team.models import Mediator
from escale.apps.territory import clock
from escale.apps.territory.models import Relay
from escale.apps.visits.models import Visit
from escale.core.activity.records import RecordEntry
from escale.core.activity.vocabulary import AgeBand, Theme
from escale.core.booking.motives import Motive
from tests.journeys.walk import Walk
from tests.web.cast import Cast
from tests.web.visiting import make_visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = (
    "",
    "noter/",
    "noter/?sorte=collectif",
    "arrivee/",
    "hors-cadre/",
    "hors-cadre/relais/",
    "feuille/",
    "question/",
    "question/merci/",
)


@pytest.fixture
def visit(cast: Cast) -> Visit:
    """A half-day of today: someone comes by appointment, someone was noted, a relay is known."""
    Mediator.objects.filter(pk=cast.camille.pk).update(user=cast.mediator)
    today = clock.today(cast.epci)
    Participation.objects.create(epci=cast.epci, commune=cast.oisy, standing=Standing.FIRM.value, starts=dt.date(2026, 1, 5))
    visit = make_visit(cast, cast.oisy, today + dt.timedelta(days=1), "PM")
    book_appointment(actor=SYSTEM, visit=visit, slot=1, person=Person(first_name="Jean", name="Exemple", motive=Motive.HOUSING))
    Visit.objects.filter(pk=visit.pk).update(date=today)
    Relay.objects.create(commune=cast.oisy, kind="CCAS", name="CCAS", phone="03 53 01 00 77", checked_on=today)
    user = User.objects.get(pk=cast.mediator.pk)
    entry = RecordEntry(
        key=uuid.uuid4(),
        visit=visit.uid,
        entered_at=clock.moment(cast.epci),
        minutes=15,
        themes=frozenset({Theme.EMAIL}),
        age=AgeBand.FROM_60,
    )
    log_record(actor=user, record=entry)
    return visit


def addresses(visit: Visit) -> list[str]:
    key = Record.objects.get().key
    of_visit = [f"/terrain/passages/{visit.uid}/{page}" for page in PAGES]
    return [
        "/terrain/",
        *of_visit,
        f"/terrain/fiches/{key}/",
        "/terrain/points/",
        "/terrain/aide/",
        "/terrain/aide/incident/",
        "/terrain/danger/",
    ]


def test_the_pages_of_a_half_day_are_open_to_everyone(walk: Walk, cast: Cast, visit: Visit) -> None:
    found: dict[str, list[str]] = {}

    for path in addresses(visit):
        found |= walk.judge(path, cast.mediator)

    assert found == {}


def test_every_target_of_the_thumb_is_at_least_48_px(walk: Walk, cast: Cast, visit: Visit) -> None:
    small = """[...document.querySelectorAll('main .tap, main button, main .touch, main .ways a, main summary, main .button')]
        .filter(one => one.offsetParent && one.getBoundingClientRect().height < 47.5).map(one => one.innerText)"""
    for path in addresses(visit):
        page = walk.open(path, user=cast.mediator, width=360)
        assert page.evaluate(small) == [], path


def test_a_walk_in_is_noted_in_five_taps(walk: Walk, cast: Cast, visit: Visit) -> None:
    page = walk.open("/terrain/", user=cast.mediator, width=360, scripts=False)

    page.get_by_role("link", name="Noter une personne", exact=True).click()
    page.get_by_label("E-mail", exact=True).check()
    page.get_by_label("15 min", exact=True).check()
    page.get_by_label("70 ans et plus", exact=True).check()
    page.get_by_role("button", name="Enregistrer").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Bonjour")
    expect(page.get_by_text("2 personnes")).to_be_visible()
    assert Record.objects.count() == 2
