"""Twenty people want one room, or one laptop, at the same moment: one has it and the others are told so."""

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
        said = installation.run("shell", "-v0", "-c", "from tests.apps.team.race import run; run()")
        yield json.loads(said.splitlines()[-1])


@pytest.mark.slow
def test_twenty_bookings_of_a_room_at_the_same_moment_give_one(ends: Any) -> None:
    assert ends["rooms"] == {"done": 1, "La salle est déjà prise (Formation) ; choisir une autre salle ou une autre date.": 19}


@pytest.mark.slow
def test_twenty_loans_of_a_laptop_at_the_same_moment_give_one(ends: Any) -> None:
    assert ends["loans"] == {"done": 1, "Ce matériel est déjà prêté à ces dates ; noter d’abord son retour.": 19}


@pytest.mark.slow
def test_the_database_alone_lets_one_of_twenty_loans_through(ends: Any) -> None:
    assert ends["bypassed"] == {"done": 1, "refused": 19}
