"""What the command says: how far it is, on a terminal; at the end one JSON object, as the last line."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.management.base import OutputWrapper

from escale.core.planning.faults import ProblemError
from escale.core.planning.progress import Progress

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
