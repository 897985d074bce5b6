"""The kit on the telephone of a mediator, and the permanences in their days and in their calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.messaging.feeds import Audience
from escale.apps.messaging.models import FeedToken
from escale.apps.team.actions import add_piece, open_kit, open_permanence, record_leave
from escale.apps.team.models import Fault, Inventory, Kit, Loan
from escale.core.calendar.halfdays import Window
from escale.core.team.equipment import LIST
from escale.web.feeds.reading import content_of
from tests.web.cast import Cast
from tests.web.visiting import TODAY, day, make_visit

pytestmark = pytest.mark.django_db

SINCE = dt.date(2026, 1, 5)
LogIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _frozen(settings: Settings) -> None:
    settings.ESCALE_TODAY = TODAY


@pytest.fixture
def client(cast: Cast, logged_in: LogIn) -> Client:
    cast.camille.user = cast.mediator
    cast.camille.save()
    return logged_in(cast.mediator)


@pytest.fixture
def kit(cast: Cast) -> Kit:
    kit = open_kit(actor=SYSTEM, epci=cast.epci, label="Malle 1", post=cast.camille.occupancies.get().post, starts=SINCE)
    kinds = [kind for kind, count in LIST.items() for _ in range(count)]
    for number, kind in enumerate(kinds, start=1):
        add_piece(actor=SYSTEM, kit=kit, number=number, kind=kind, starts=SINCE)
    return kit


@pytest.fixture
def permanence(cast: Cast) -> None:
    open_permanence(
        actor=SYSTEM,
        post=cast.camille.occupancies.get().post,
        commune=cast.denain,
        place="Médiathèque",
        window=Window.parse("WED_AM"),
        opens=dt.time(9, 30),
        closes=dt.time(12),
        starts=TODAY,
    )


def page(client: Client, name: str) -> str:
    return client.get(reverse(f"field:{name}")).content.decode()


def test_without_a_kit_the_page_says_who_describes_it(client: Client) -> None:
    for name in ("kit", "tell_fault", "lend_piece"):
        assert "Votre malle n’est pas encore décrite" in page(client, name)


def test_a_kit_where_nothing_changed_is_counted_with_one_button(client: Client, kit: Kit, cast: Cast) -> None:
    assert page(client, "kit").count(" checked") == kit.pieces.count() + 2, "each piece, ink and paper"
    answers = {f"piece_{piece.pk}": "PRESENT" for piece in kit.pieces.all()}

    told = client.post(reverse("field:kit"), {**answers, "ink": "OK", "paper": "LOW"}, follow=True).content.decode()

    row = Inventory.objects.get()
    assert (row.made_by, row.paper) == (cast.mediator, "LOW")
    assert "C’est compté" in told


def test_an_answer_that_lacks_stands_beside_its_piece(client: Client, kit: Kit) -> None:
    told = client.post(reverse("field:kit"), {"ink": "OK", "paper": "OK"}).content.decode()

    assert told.count("Choisir une réponse.") >= kit.pieces.count()
    assert not Inventory.objects.exists()


def test_a_fault_and_a_loan_are_said_on_the_spot(client: Client, kit: Kit) -> None:
    client.post(reverse("field:tell_fault"), {"piece": kit.pieces.get(number=8).pk, "words": "Lampe morte"})
    loan = {"piece": kit.pieces.get(number=2).pk, "borrower": "Mairie de Denain", "starts": "2026-11-23", "due_on": ""}
    client.post(reverse("field:lend_piece"), loan)

    shown = page(client, "kit")
    assert (Fault.objects.count(), Loan.objects.count()) == (1, 1)
    assert "Lampe morte" in shown
    assert "5 ordinateurs portables sur 6" in shown


def test_the_piece_of_another_epci_does_not_exist(client: Client, kit: Kit) -> None:
    assert client.post(reverse("field:do_to_piece", args=[kit.pieces.count() + 999, "efface"])).status_code == 404


def test_permanences_stand_among_the_days_that_come(cast: Cast, client: Client, permanence: None) -> None:
    make_visit(cast, cast.oisy, day(11, 24))

    shown = page(client, "days")

    assert shown.index("Oisy") < shown.index("Permanence") < shown.index("Médiathèque")


def test_the_permanence_of_today_stands_on_the_first_page(
    cast: Cast, client: Client, permanence: None, settings: Settings
) -> None:
    assert "Permanence" not in page(client, "home")

    settings.ESCALE_TODAY = day(11, 25)

    assert "Permanence, Médiathèque" in page(client, "home")


def test_permanences_stand_in_the_calendars_of_the_mediator_and_of_the_territory(cast: Cast, permanence: None) -> None:
    record_leave(actor=SYSTEM, mediator=cast.camille, starts=day(12, 2), ends=day(12, 2))
    made = {"epci": cast.epci}
    tokens = [
        FeedToken(key="a" * 40, audience=Audience.MEDIATOR.value, subject=str(cast.camille.pk), **made),
        FeedToken(key="b" * 40, audience=Audience.TERRITORY.value, subject="", **made),
        FeedToken(key="c" * 40, audience=Audience.COMMUNE.value, subject=cast.denain.code, **made),
    ]

    calendars = []
    for token in tokens:
        content = content_of(token)
        assert content is not None
        calendars.append(content.body.decode())

    assert ["permanence" in calendar for calendar in calendars] == [True, True, False]
    for calendar in calendars[:2]:
        assert "DTSTART;TZID=Europe/Paris:20261125T093000" in calendar
        assert "20261202T093000" not in calendar, "on leave"
