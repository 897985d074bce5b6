"""Options that name someone and two dates, « --away M1 2026-03-09 2026-03-20 »: read one by one, each with its place."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable, Sequence

from escale.apps.schedule.tours.arguments import day
from escale.core.planning.faults import ProblemError


def dated(option: str) -> Callable[[Sequence[str]], tuple[str, dt.date, dt.date]]:
    """Return the reader of an option « WHO FROM TO », both days included."""

    def read(words: Sequence[str]) -> tuple[str, dt.date, dt.date]:
        who, starts, ends = words[0], read_day(option, words[1]), read_day(option, words[2])
        if ends < starts:
            raise ProblemError(place=option, message=f"la période finit le {ends}, avant de commencer le {starts}")
        return who, starts, ends

    return read


def read_day(option: str, text: str) -> dt.date:
    """Read a date of an option. Raise ProblemError when it is none."""
    try:
        return day(text)
    except argparse.ArgumentTypeError as error:
        raise ProblemError(place=option, message=str(error)) from None
