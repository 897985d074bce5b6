"""The pages of one half-day in each of their states, in a real browser: for everyone, at any width."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from escale.apps.audit.actors import SYSTEM
from escale.apps.booking.actions import book_appointment, book_at_office
from escale.apps.communication.actions import Told, record_communication
from escale.apps.communication.models import Medium
from escale.apps.schedule.models import Participation, Standing
from escale.apps.team.models import Mediator, Occupancy, Post
from escale.apps.territory import clock
from escale.apps.territory.models import Premises
from escale.apps.visits.actions import cancel_visit, note_point, record_contact
from escale.apps.visits.models import Point, Visit
from escale.core.visits.life import Cause, PointKind, Side
from tests.apps.booking.service import reached_by_phone
from tests.journeys.walk import Walk
from tests.web.cast import Cast
from tests.web.visiting import make_visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COMING = [
    ("mediator", "/terrain/imprevu/"),
    ("mediator", "/terrain/imprevu/{}/"),
    ("coordinator", "/pilotage/service/"),
    ("coordinator", "/pilotage/service/?voir=a-rattraper"),
    ("coordinator", "/pilotage/service/imprevu/"),
    ("coordinator", "/pilotage/service/imprevu/{}/"),
    ("coordinator", "/pilotage/service/imprevu/{}/fait/"),
    ("coordinator", "/pilotage/service/passages/{}/"),
    ("coordinator", "/pilotage/service/passages/{}/deplacer/"),
    ("coordinator", "/pilotage/service/passages/{}/abandonner/"),
    ("coordinator", "/pilotage/service/points/"),
    ("coordinator", "/pilotage/service/suivi/"),
    ("coordinator", "/pilotage/chiffres/"),
    ("coordinator", "/pilotage/service/bureau/"),
    ("mediator", "/terrain/bureau/"),
    ("desk", "/mairie/imprevu/{}/"),
    ("desk", "/mairie/passages/{}/preparer/"),
    ("desk", "/mairie/passages/{}/point/"),
    ("desk", "/mairie/points/"),
]
GIVEN_UP = [
    ("mediator", "/terrain/imprevu/{}/fait/"),
    ("desk", "/mairie/imprevu/{}/fait/"),
    ("desk", "/mairie/passages/{}/preparer/"),
    ("coordinator", "/pilotage/service/passages/{}/"),
    ("coordinator", "/pilotage/service/passages/{}/rattraper/"),
]

OF_A_POINT = [
    ("lawyer", "/pilotage/service/points/{}/"),
    ("coordinator", "/pilotage/service/points/"),
    ("desk", "/mairie/points/"),
    ("desk", "/mairie/"),
]


@pytest.fixture
def visit(cast: Cast) -> Visit:
    """A half-day of Oisy with everything that a page may propose: an appointment, a free colleague, another place."""
    Participation.objects.create(epci=cast.epci, commune=cast.oisy, standing=Standing.FIRM.value)
    Premises.objects.create(commune=cast.oisy, name="Salle des fêtes", rank=2)
    sacha = Mediator.objects.create(epci=cast.epci, first_name="Sacha", last_name="Exemple")
    other = Post.objects.create(epci=cast.epci, label="Poste 2", base=cast.denain)
    Occupancy.objects.create(post=other, mediator=sacha, starts=dt.date(2026, 1, 5))
    visit = make_visit(cast, cast.oisy, next_tuesday(), "PM")
    book_appointment(actor=SYSTEM, visit=visit, slot=1, person=reached_by_phone())
    book_at_office(actor=SYSTEM, commune=cast.oisy, post=other, date=visit.date, slot=1, who=reached_by_phone())
    return visit


@pytest.fixture
def point(cast: Cast) -> Point:
    """A point that waits for an answer, about which the parties spoke."""
    past = make_visit(cast, cast.oisy, clock.today() - dt.timedelta(days=1), "PM")
    noted = note_point(actor=cast.mediator, visit=past, kind=PointKind.NOT_HEATED, words="9 degrés")
    return record_contact(actor=SYSTEM, point=noted, on=clock.today())


def next_tuesday() -> dt.date:
    today = clock.today()
    return today + dt.timedelta(days=7 + (1 - today.weekday()) % 7)


def faults(walk: Walk, cast: Cast, pages: list[tuple[str, str]], key: int) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for who, path in pages:
        found |= walk.judge(path.format(key), getattr(cast, who))
    return found


def test_each_page_of_a_half_day_that_comes_is_open_to_everyone(walk: Walk, cast: Cast, visit: Visit) -> None:
    assert faults(walk, cast, COMING, visit.pk) == {}


def test_each_page_of_one_that_is_given_up_is_open_to_everyone(walk: Walk, cast: Cast, visit: Visit) -> None:
    cancel_visit(actor=SYSTEM, visit=visit, side=Side.SERVICE, cause=Cause.WEATHER)

    assert faults(walk, cast, GIVEN_UP, visit.pk) == {}


def test_each_page_of_a_point_is_open_to_everyone(walk: Walk, cast: Cast, point: Point) -> None:
    assert faults(walk, cast, OF_A_POINT, point.pk) == {}


def test_what_makes_the_service_known_is_open_to_everyone_and_copied_by_a_button(walk: Walk, cast: Cast, visit: Visit) -> None:
    told = Told(medium=Medium.SITE, place="page d’accueil", day=clock.today(), link="https://exemple.fr/")
    record_communication(actor=SYSTEM, epci=cast.epci, commune=cast.oisy, told=told)
    action = record_communication(actor=SYSTEM, epci=cast.epci, told=told)
    pages = [
        ("desk", "/mairie/communication/"),
        ("mediator", "/terrain/communication/"),
        ("coordinator", "/pilotage/communication/"),
    ]

    assert faults(walk, cast, [*pages, ("coordinator", "/pilotage/communication/{}/")], action.pk) == {}
    page = walk.open("/mairie/communication/", user=cast.desk)
    page.get_by_role("button", name="Copier").first.click()
    page.get_by_text(re.compile("C’est copié|Le texte est choisi")).wait_for()
    assert not walk.open("/mairie/communication/", user=cast.desk, scripts=False).get_by_role("button", name="Copier").count()
