"""Five rounds of the same day at the same moment say each thing once."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

import pytest

from tests.config.installation import installed


@pytest.mark.slow
def test_rounds_that_run_at_once_remind_once(tmp_path: Path) -> None:
    with installed(tmp_path, f"round_{uuid.uuid4().hex[:8]}") as installation:
        said = installation.run("shell", "-v0", "-c", "from tests.apps.obligations.race import run; run()")

    found = json.loads(said.splitlines()[-1])

    assert found["ends"] == {"said": 1, "nothing new": 4}
    assert found["messages"] == 1
    assert found["reminders"] > 0
