"""Run `manage.py tour` in this process, and read what it says."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from escale.core.planning.files import plan_to, problem_to
from escale.core.planning.plan import Plan
from escale.core.planning.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How the command ended, what a person reads, and the object of the last line."""

    code: int
    said: str
    warned: str
    told: dict[str, Any]


def tour(*arguments: object) -> Answer:
    """Run the command to its end."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("tour", *map(str, arguments), stdout=out, stderr=err)
    lines = out.getvalue().splitlines()
    return Answer(code=int(ended.value.code or 0), said="\n".join(lines[:-1]), warned=err.getvalue(), told=json.loads(lines[-1]))


def write_problem(folder: Path, problem: Problem, **changes: object) -> Path:
    """Write a problem, with some keys of its object changed."""
    path = folder / "problem.json"
    path.write_text(json.dumps(problem_to(problem) | changes), encoding="utf-8")
    return path


def write_plan(folder: Path, plan: Plan) -> Path:
    path = folder / "plan.json"
    path.write_text(json.dumps(plan_to(plan)), encoding="utf-8")
    return path
