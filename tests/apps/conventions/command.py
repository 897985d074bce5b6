"""Run `manage.py convention` in this process, and read what it says."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.management import call_command


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How the command ended, what a person reads, and the object of the last line."""

    code: int
    said: str
    warned: str
    told: dict[str, Any]


def convention(line: str) -> Answer:
    """Run the command to its end."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("convention", *line.split(), stdout=out, stderr=err)
    lines = out.getvalue().splitlines()
    return Answer(code=int(ended.value.code or 0), said="\n".join(lines[:-1]), warned=err.getvalue(), told=json.loads(lines[-1]))
