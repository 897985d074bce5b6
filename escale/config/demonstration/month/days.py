"""The days of the demonstration: what people did on a day is done as if it were that day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings


@contextmanager
def as_if_on(day: dt.date) -> Iterator[None]:
    """Freeze the civil clock on a day, for a process that serves nobody: actions then judge and date what they do."""
    before = settings.ESCALE_TODAY
    settings.ESCALE_TODAY = day
    try:
        yield
    finally:
        settings.ESCALE_TODAY = before
