"""Whatever runs five times at once tells each person once, on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

import pytest

from tests.config.installation import installed


@pytest.mark.slow
def test_five_rounds_at_once_write_each_message_once(tmp_path: Path) -> None:
    with installed(tmp_path, f"rounds_{uuid.uuid4().hex[:8]}") as installation:
        said = installation.run("shell", "-v0", "-c", "from tests.apps.booking.rounds import run; run()")
    ends = json.loads(said.splitlines()[-1])

    assert ends["rounds"] == {"done": 10}
    assert ends["written"] == {"telling": 2, "reminder": 2}
    assert (ends["sent"], ends["left"]) == (4, 0)
