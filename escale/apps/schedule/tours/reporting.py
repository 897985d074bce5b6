"""What the command says: how far it is, on a terminal; at the end one JSON object, as the last line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.management.base import OutputWrapper

from escale.core.planning.agreed import ChangedDay
from escale.core.planning.faults import Fault, ProblemError
from escale.core.planning.plan import Visit
from escale.core.planning.progress import Progress
from escale.core.planning.shortage import Unserved

DONE, ILLEGAL, BAD_INPUT = 0, 1, 2
"""Exit codes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The answer of a subcommand: lines to read, and the object of the last line."""

    answer: Mapping[str, Any]
    lines: tuple[str, ...] = ()
    exit_code: int = DONE


def say_result(result: Result, out: OutputWrapper) -> None:
    """Write the lines, then the object."""
    for line in result.lines:
        out.write(line)
    out.write(json.dumps(result.answer, ensure_ascii=False, allow_nan=False))


def say_error(error: ProblemError, out: OutputWrapper, err: OutputWrapper) -> None:
    """Write the place and the reason, to be read and to be parsed."""
    err.write(f"{error.place} : {error.message}")
    out.write(json.dumps({"error": error.message, "place": error.place}, ensure_ascii=False))


def show_progress(progress: Progress) -> None:
    """Rewrite one line of a terminal; say nothing elsewhere."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{progress.share:4.0%}  coût {progress.cost:.1f}  borne {progress.lower_bound:.1f}")
        sys.stderr.flush()


def end_progress() -> None:
    """Leave the line of the progress."""
    if sys.stderr.isatty():
        sys.stderr.write("\n")


def unserved_to(visits: Iterable[Unserved]) -> list[dict[str, Any]]:
    """Write visits that are left out, with their reasons."""
    return [
        {
            "commune": visit.commune,
            "name": visit.name,
            "month": str(visit.month),
            "cause": visit.reason.cause.value,
            "reason": visit.reason.words,
        }
        for visit in visits
    ]


def changed_to(days: Iterable[ChangedDay]) -> list[dict[str, Any]]:
    """Write communes whose usual day changes: each is an avenant."""
    return [
        {
            "commune": day.commune,
            "name": day.name,
            "agreed": {"nth": day.agreed.nth, "window": str(day.agreed.window)},
            "usual": {"nth": day.nth, "window": str(day.window)},
            "words": day.words,
        }
        for day in days
    ]


def faults_to(faults: Iterable[Fault]) -> list[dict[str, str]]:
    """Write what is not legal."""
    return [{"rule": fault.rule.value, "commune": fault.commune, "message": fault.message} for fault in faults]


def visit_to(visit: Visit) -> dict[str, str]:
    """Write one visit."""
    return {
        "commune": visit.commune,
        "mediator": visit.mediator,
        "date": visit.date.isoformat(),
        "half": visit.half.value,
    }
