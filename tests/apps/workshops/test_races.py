"""Fifty people want the eight places of one workshop at the same moment: eight have one, and forty-two wait in order."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from tests.config.installation import installed


@pytest.fixture(scope="module")
def ends(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """What became of the races, in an installation with a database file, or a server, of its own."""
    with installed(tmp_path_factory.mktemp("race"), f"race_{uuid.uuid4().hex[:8]}") as installation:
        said = installation.run("shell", "-v0", "-c", "from tests.apps.workshops.race import run; run()")
        yield json.loads(said.splitlines()[-1])


@pytest.mark.slow
def test_eight_of_fifty_have_a_place_and_forty_two_wait(ends: Any) -> None:
    assert ends["registered"] == {"registered": 8, "waiting": 42}
    assert ends["seats"] == [1, 2, 3, 4, 5, 6, 7, 8]


@pytest.mark.slow
def test_eight_who_withdraw_at_once_leave_their_places_to_the_first_eight_who_waited(ends: Any) -> None:
    assert ends["withdrawn"] == {"withdrawn": 8}
    assert sorted(ends["promoted"]) == sorted(ends["first"])
    assert ends["events"] == 8


@pytest.mark.slow
def test_the_database_alone_lets_eight_of_fifty_through(ends: Any) -> None:
    assert ends["bypassed"] == {"inserted": 8, "refused": 42}
