"""One half-day moves, goes or is closed while others book or do the same: one outcome, and a clear answer for each."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from tests.config.installation import installed

TAKEN = "Ce créneau vient d’être pris ; en choisir un autre."


@pytest.fixture(scope="module")
def ends(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """What became of the races, in an installation of its own."""
    with installed(tmp_path_factory.mktemp("race"), f"race_{uuid.uuid4().hex[:8]}") as installation:
        said = installation.run("shell", "-v0", "-c", "from tests.apps.visits.race import run; run()")
        yield json.loads(said.splitlines()[-1])


@pytest.mark.slow
def test_a_booking_while_the_visit_moves_goes_along_or_is_told_the_new_day(ends: Any) -> None:
    assert ends["moved"]["moved"] == 1
    assert sum(ends["moved"].values()) == 21
    assert all(answer in {"moved", "booked", TAKEN} or "déplacé" in answer for answer in ends["moved"]), ends["moved"]
    assert ends["booked"] == ends["slots"] == ends["moved"].get("booked", 0) <= 1


@pytest.mark.slow
def test_nobody_is_left_on_a_visit_that_three_people_give_up_at_once(ends: Any) -> None:
    assert ends["cancelled"]["cancelled"] == 1
    assert ends["cancelled"]["state"] == 2
    assert (ends["left"], ends["cancellations"]) == (0, 1)


@pytest.mark.slow
def test_four_visits_that_want_one_place_give_one_and_three_refusals(ends: Any) -> None:
    assert ends["placed"]["moved"] == 1
    assert sum(count for answer, count in ends["placed"].items() if answer in {"post", "half", "__all__"}) == 3
    assert ends["there"] == 1


@pytest.mark.slow
def test_twenty_mediators_who_close_one_half_day_give_one_holding_and_nineteen_conflicts(ends: Any) -> None:
    assert ends["closed"] == {"closed": 1, "HoldingConflict": 19}
    assert ends["holdings"] == 1
