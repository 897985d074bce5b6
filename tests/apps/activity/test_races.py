"""Two mediators write in two communes while three rounds count anew: nothing is lost, and nobody waits for ever."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

import pytest

from tests.config.installation import installed


@pytest.mark.slow
def test_what_is_written_while_others_count_is_never_lost(tmp_path: Path) -> None:
    with installed(tmp_path, f"figures_{uuid.uuid4().hex[:8]}") as installation:
        said = installation.run("shell", "-v0", "-c", "from tests.apps.activity.race import run; run()")

    ends = json.loads(said.splitlines()[-1])
    assert ends["ends"] == {"written": 4, "counted": 3}
    assert ends["read"] == ends["kept"] == {"all": [32, 48, True], "Oisy": [16, 24, True], "Bousignies": [16, 24, True]}
    assert ends["left"] == 0
