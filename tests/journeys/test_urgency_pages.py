"""Each state of the pages of urgencies in a real browser: for everyone, narrow and wide, light and dark."""

from __future__ import annotations

import pytest

from escale.apps.urgencies.actions import answer_urgency, ask_urgency, close_urgency, solve_urgency, turn_away_urgency
from escale.apps.urgencies.models import Request
from escale.core.urgencies.life import Matter, OutOfScope
from tests.journeys.walk import Walk
from tests.web.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STATES = ("asked", "answered", "solved", "closed", "turned_away")
PAGES = [
    ("desk", "/mairie/urgence/"),
    ("mediator", "/terrain/urgences/"),
    ("mediator", "/terrain/urgences/{}/"),
    ("coordinator", "/pilotage/service/urgences/"),
    ("coordinator", "/pilotage/service/urgences/{}/"),
]


def reach(cast: Cast, state: str) -> Request:
    row = ask_urgency(
        actor=cast.desk, commune=cast.oisy, matter=Matter.PRINTER, words="elle clignote", call_back="03 53 01 04 00"
    )
    if state == "turned_away":
        return turn_away_urgency(actor=cast.mediator, request=row, reason=OutOfScope.REPAIR, word="Appeler le loueur.")
    if state != "asked":
        answer_urgency(actor=cast.mediator, request=row)
    if state in ("solved", "closed"):
        solve_urgency(actor=cast.mediator, request=row)
    if state == "closed":
        close_urgency(actor=cast.mediator, request=row, word="Pilote réinstallé.")
    return row


@pytest.mark.parametrize("state", STATES)
def test_a_page_of_urgencies_is_open_to_everyone(state: str, walk: Walk, cast: Cast) -> None:
    row = reach(cast, state)

    found: dict[str, list[str]] = {}

    for who, path in PAGES:
        found |= walk.judge(path.format(row.pk), getattr(cast, who))

    assert found == {}
