"""The short texts that the team types: on one line, and nothing that must not be kept."""

from __future__ import annotations

import datetime as dt

from escale.apps.territory.saving import refuse
from escale.core.booking.sensitive import REASONS, find_sensitive


def one_line(field: str, text: str, *, today: dt.date) -> str:
    """Return a text without its spare spaces. Raise ValidationError, under its field, for what must not be stored."""
    words = " ".join(text.split())
    if kind := find_sensitive(words, today=today):
        raise refuse(field, REASONS[kind])
    return words
