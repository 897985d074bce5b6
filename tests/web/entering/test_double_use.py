"""Twenty clicks on one link at the same moment let one browser in."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

import pytest

from tests.config.installation import installed


@pytest.mark.slow
def test_one_of_twenty_wins(tmp_path: Path) -> None:
    with installed(tmp_path, f"desk_{uuid.uuid4().hex[:8]}") as installation:
        said = installation.run("shell", "-v0", "-c", "from tests.web.entering.race import run; run()")

    assert json.loads(said.splitlines()[-1]) == {"ends": {"in": 1, "out": 19}, "accounts": 1, "roles": 1}
