"""Two tabs, or a tab and its worker, send the same things at the same moment: each thing is written once."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from tests.config.installation import installed
from tests.web.offline.race import SENDERS

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def ends(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """What became of the races, in an installation with a database file, or a server, of its own."""
    with installed(tmp_path_factory.mktemp("sync"), f"sync_{uuid.uuid4().hex[:8]}") as installation:
        said = installation.run("shell", "-v0", "-c", "from tests.web.offline.race import run; run()")
        yield json.loads(said.splitlines()[-1])


def test_one_batch_sent_at_once_by_several_is_written_once(ends: Any) -> None:
    assert ends["same_batch"] == {"20 accepted": 1, "20 duplicate": SENDERS - 1}
    assert (ends["records"], ends["batches"], ends["told"]) == (20, 1, 1)


def test_the_same_things_in_another_batch_are_written_no_more(ends: Any) -> None:
    assert ends["same_things"] == {"20 duplicate": SENDERS}
    assert ends["records_after"] == 20


def test_a_half_day_closed_twice_at_once_keeps_one_and_shows_both(ends: Any) -> None:
    assert ends["closings"] == {"1 accepted": 1, "1 conflict": 1}
    assert ends["holdings"] == 1
