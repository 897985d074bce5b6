"""Ten rounds at the same moment pass a request on once."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

import pytest

from tests.config.installation import installed


@pytest.mark.slow
def test_ten_rounds_at_once_tell_the_colleague_once(tmp_path: Path) -> None:
    with installed(tmp_path, f"rounds_{uuid.uuid4().hex[:8]}") as installation:
        said = installation.run("shell", "-v0", "-c", "from tests.apps.urgencies.race import run; run()")

    ends = json.loads(said.splitlines()[-1])
    assert ends == {"ends": {"0": 9, "1": 1}, "steps": ["asked", "passed_on", "told"], "state": "passed_on", "letters": 2}
