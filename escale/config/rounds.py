"""Do a piece of work once for each minute or each day, whatever the number of processes that try."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterable

from django.db import transaction

from escale.config.models import Round

logger = logging.getLogger(__name__)

Work = Callable[[dt.datetime], object]


def run_each(works: Iterable[Work], *, now: dt.datetime, turn: str | None) -> list[str]:
    """Run each work once for this turn, or once more when `turn` is None; return the names of those that failed.

    A failure is logged, hinders no other work, and leaves the turn open: the next tick tries again.
    """
    return [_name(work) for work in works if not _run(work, now=now, turn=turn)]


def _run(work: Work, *, now: dt.datetime, turn: str | None) -> bool:
    try:
        with transaction.atomic():
            if turn is None or _take(_name(work), turn):
                work(now)
    except Exception:
        logger.exception("%s failed", _name(work))
        return False
    return True


def _take(name: str, turn: str) -> bool:
    """Take this turn for the transaction that runs; a second process waits here, then finds it taken."""
    Round.objects.bulk_create([Round(name=name)], ignore_conflicts=True)
    return Round.objects.filter(name=name).exclude(turn=turn).update(turn=turn) == 1


def _name(work: Work) -> str:
    return f"{work.__module__}.{work.__qualname__}"
