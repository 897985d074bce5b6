"""The few words that people may add: short, and nothing that must not be stored."""

from __future__ import annotations

import datetime as dt

from escale.apps.territory.saving import refuse
from escale.core.booking.sensitive import MOST_LETTERS, REASONS, find_sensitive


def read_words(field: str, text: str, *, today: dt.date, most: int = MOST_LETTERS) -> str:
    """Return a text as it is stored. Raise ValidationError beside its field when it must not be."""
    words = " ".join(text.split())
    if kind := find_sensitive(words, today=today):
        raise refuse(field, REASONS[kind])
    if len(words) > most:
        raise refuse(field, f"C’est trop long : {most} lettres au plus.")
    return words
