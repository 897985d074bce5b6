"""The deadlines of all conventions: one list by month, and a calendar at an address that can be revoked."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.conventions.actions.denouncing import denounce
from escale.apps.conventions.actions.disputing import open_dispute
from escale.apps.conventions.models import Party
from escale.apps.messaging.feeds import Feed, open_feed
from escale.apps.messaging.models import FeedToken
from escale.apps.obligations.deadlines import DeadlineKind
from escale.web.steering.conventions.deadlines import KIND_WORDS
from tests.apps.conventions.paper import day, in_force, letter
from tests.cast import make_epci
from tests.web.cast import Cast
from tests.web.counting import queries_of

LIST = "/pilotage/conventions/echeances/"
PAGE = "/pilotage/conventions/echeances/agenda/"


@pytest.fixture(autouse=True)
def _in_november(settings: Settings) -> None:
    settings.ESCALE_TODAY = day("2026-11-23")
    settings.ADDRESS = "https://aide.exemple.fr"


@pytest.fixture
def client(cast: Cast, logged_in: Callable[[User], Client]) -> Client:
    return logged_in(cast.lawyer)


def words(client: Client, path: str = LIST) -> str:
    """Return what a page says, without its tags, on one line."""
    response = client.get(path)
    assert response.status_code == 200
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)
    assert main
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", main[0])))


def feed(cast: Cast) -> str:
    return f"/agenda/{open_feed(actor=SYSTEM, feed=Feed.of_deadlines(cast.epci)).key}.ics"


def events(address: str) -> dict[str, Any]:
    """Return the events of a calendar by their identifiers."""
    body = Client().get(address).content
    return {str(event["UID"]): event for event in Calendar.from_ical(body).walk("VEVENT")}


def test_what_falls_due_is_told_month_by_month(client: Client, cast: Cast) -> None:
    in_force(cast.epci, cast.oisy)

    told = words(client)

    assert told.index("Avril 2027") < told.index("vendredi 9 avril 2027") < told.index("vendredi 30 avril 2027")
    assert told.index("vendredi 30 avril 2027") < told.index("Juin 2027") < told.index("mercredi 30 juin 2027")
    assert "Oisy" in told


def test_what_is_the_same_for_several_conventions_is_one_line(client: Client, cast: Cast) -> None:
    for commune in (cast.oisy, cast.denain):
        in_force(cast.epci, commune)

    assert words(client).count("vendredi 30 avril 2027") == 1


def test_one_kind_can_be_asked_for(client: Client, cast: Cast) -> None:
    in_force(cast.epci, cast.oisy)

    told = words(client, f"{LIST}?quoi=denounce")

    assert "vendredi 30 avril 2027" in told
    assert "mercredi 30 juin 2027" not in told
    assert "Aucune échéance de cette nature" in words(client, f"{LIST}?quoi=rien")


def test_every_kind_has_its_name() -> None:
    assert set(KIND_WORDS) == set(DeadlineKind)


def test_without_a_convention_the_page_says_what_will_be_there(client: Client, cast: Cast) -> None:
    assert "Aucune échéance pour le moment" in words(client)


def test_the_list_asks_as_many_queries_for_three_conventions_as_for_one(client: Client, cast: Cast) -> None:
    in_force(cast.epci, cast.oisy)
    queries_of(client, LIST)
    one = queries_of(client, LIST)

    in_force(cast.epci, cast.denain)

    assert queries_of(client, LIST) == one


@pytest.mark.parametrize(
    ("who", "status"), [("coordinator", 200), ("lawyer", 200), ("reader", 403), ("referent", 403), ("mediator", 403)]
)
def test_those_who_lead_conventions_alone_see_the_deadlines(
    cast: Cast, logged_in: Callable[[User], Client], who: str, status: int
) -> None:
    found = logged_in(getattr(cast, who))

    assert [found.get(path).status_code for path in (LIST, PAGE)] == [status, status]


def test_the_lawyer_opens_the_calendar_and_closes_it(client: Client, cast: Cast) -> None:
    client.post(PAGE, {"do": "open"})
    token = FeedToken.objects.get()
    address = f"/agenda/{token.key}.ics"

    assert token.audience == "deadlines"
    assert f"https://aide.exemple.fr{address}" in client.get(PAGE).content.decode()
    assert Client().get(address).status_code == 200

    client.post(PAGE, {"do": "revoke"})

    assert Client().get(address).status_code == 404


def test_a_deadline_is_a_whole_day_marked_private(cast: Cast) -> None:
    convention = in_force(cast.epci, cast.oisy)

    event = events(feed(cast))[f"convention-{convention.pk}-denounce-2027@aide.exemple.fr"]

    assert event["DTSTART"].dt == dt.date(2027, 4, 30)
    assert event["DTEND"].dt == dt.date(2027, 5, 1)
    assert event["SUMMARY"].startswith("Oisy : dernier jour pour notifier une dénonciation")
    assert (event["CLASS"], event["TRANSP"]) == ("PRIVATE", "TRANSPARENT")


def test_an_identifier_stays_and_its_sequence_grows_with_the_journal(cast: Cast) -> None:
    convention = in_force(cast.epci, cast.oisy)
    key = f"convention-{convention.pk}-denounce-2027@aide.exemple.fr"
    address = feed(cast)
    before = events(address)[key]

    open_dispute(actor=SYSTEM, convention=convention, subject="Locaux", opened_on=day("2026-11-02"))

    after = events(address)
    assert after[key]["SEQUENCE"] == before["SEQUENCE"] + 1
    assert any("amicable" in uid for uid in after)


def test_the_same_deadlines_give_the_same_bytes(cast: Cast) -> None:
    in_force(cast.epci, cast.oisy)
    address = feed(cast)

    first = Client().get(address)

    assert Client().get(address).content == first.content
    assert Client().get(address, headers={"if-none-match": first.headers["ETag"]}).status_code == 304


def test_a_denounced_convention_has_its_last_day_and_no_renewal(cast: Cast) -> None:
    convention = in_force(cast.epci, cast.oisy)
    posting = letter("2026-10-05", "2026-10-07", "1A 000 000 0009 9", presented=day("2026-10-06"))
    denounce(actor=SYSTEM, convention=convention, author=Party.COMMUNE, posting=posting)

    told = events(feed(cast))

    assert told[f"convention-{convention.pk}-term-2027@aide.exemple.fr"]["DTSTART"].dt == dt.date(2027, 6, 30)
    assert not any("renewal" in uid or "denounce" in uid for uid in told)


def test_nobody_is_named_in_the_calendar(cast: Cast) -> None:
    in_force(cast.epci, cast.oisy)

    body = Client().get(feed(cast)).content.decode()

    assert "Exemple" not in body
    assert "Camille" not in body


def test_the_calendar_of_another_territory_holds_nothing_of_this_one(cast: Cast) -> None:
    in_force(cast.epci, cast.oisy)
    elsewhere = make_epci("200068500", "Caux Seine Agglo")

    address = f"/agenda/{open_feed(actor=SYSTEM, feed=Feed.of_deadlines(elsewhere)).key}.ics"

    assert events(address) == {}
