"""Fifty people want one slot at the same moment: one has it and forty-nine are told so, with the application and without it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from escale.apps.booking.actions.asking import TOO_MANY
from escale.core.booking.limits import OF_ADDRESS
from tests.config.installation import installed

TAKEN = "Ce créneau vient d’être pris ; en choisir un autre."


@pytest.fixture(scope="module")
def ends(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """What became of the races, in an installation with a database file, or a server, of its own."""
    with installed(tmp_path_factory.mktemp("race"), f"race_{uuid.uuid4().hex[:8]}") as installation:
        said = installation.run("shell", "-v0", "-c", "from tests.apps.booking.race import run; run()")
        yield json.loads(said.splitlines()[-1])


@pytest.mark.slow
def test_fifty_bookings_of_one_slot_give_one_and_forty_nine_clear_answers(ends: Any) -> None:
    assert ends["booked"] == {"booked": 1, TAKEN: 49}
    assert ends["held"] == 1


@pytest.mark.slow
def test_the_database_alone_lets_one_of_fifty_through(ends: Any) -> None:
    assert ends["bypassed"] == {"inserted": 1, "refused": 49}


@pytest.mark.slow
def test_nobody_is_left_booked_on_a_visit_that_is_cancelled_meanwhile(ends: Any) -> None:
    told = {answer: count for answer, count in ends["cancelled"].items() if answer != "settled"}

    assert ends["cancelled"]["settled"] == 1
    assert sum(told.values()) == 25
    assert set(told) <= {"booked", TAKEN, "Ce passage est annulé : choisir une autre date, ou noter la demande."}
    assert ends["left"] == 0


@pytest.mark.slow
def test_fifty_requests_from_one_address_at_once_write_no_more_than_one_address_may(ends: Any) -> None:
    assert ends["asked"] == {"asked": OF_ADDRESS.most, TOO_MANY: 50 - OF_ADDRESS.most}


@pytest.mark.slow
def test_fifty_clicks_at_once_are_one_request(ends: Any) -> None:
    assert ends["clicked"] == {"asked": 50}
    assert ends["written"] == [OF_ADDRESS.most + 1, 1]
