"""A record in a line of words: « 15 h 42 · Aide aux démarches administratives · 15 min · 60-69 ans »."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from escale.apps.activity.labels import AGES, KINDS, THEMES
from escale.apps.activity.models import Record
from escale.core.activity.vocabulary import ActivityKind, AgeBand, Theme
from escale.core.calendar.hours import time_words

NARROW = "\u202f"


def record_words(row: Record) -> str:
    """Return what a mediator recognises a record by."""
    hour = row.entered_at.astimezone(ZoneInfo(row.epci.time_zone)).time().replace(second=0, microsecond=0)
    kind = ActivityKind(row.kind)
    parts = [time_words(hour)]
    if kind is not ActivityKind.INDIVIDUAL:
        parts += [KINDS[kind], f"{row.people} personnes" if row.people > 1 else "1 personne"]
    parts += [THEMES[theme] for theme in Theme if theme in row.theme_set]
    parts.append(minutes_words(row.minutes))
    if row.age:
        parts.append(AGES[AgeBand(row.age)])
    return " · ".join(parts)


def minutes_words(minutes: int) -> str:
    """Return « 45 min », « 1 h », « 1 h 30 »."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}{NARROW}min"
    return f"{hours}{NARROW}h{NARROW}{rest:02}" if rest else f"{hours}{NARROW}h"
