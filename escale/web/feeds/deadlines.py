"""The deadlines of the conventions as an iCalendar: whole days, for those who lead conventions; nobody is named.

A deadline keeps its identifier when its day moves: that of a period bears the year of it, that of an insurance or of a référent
nothing but its kind. Its sequence grows with the journal of its convention, without which no day moves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, Max
from icalendar import Calendar, Event

from escale.apps.conventions.models import Convention, JournalEntry
from escale.apps.obligations.deadlines import Deadline, DeadlineKind, deadlines_of
from escale.apps.territory.models import Epci
from escale.core.convention.dates import ONE_DAY
from escale.web.feeds.calendars import empty_calendar

AHEAD = dt.timedelta(days=2 * 366)
"""How far the calendar looks."""

EPOCH = dt.date(2000, 1, 1)
OF_A_YEAR = (DeadlineKind.TERM, DeadlineKind.RENEWAL, DeadlineKind.DENOUNCE, DeadlineKind.POST)
ALONE = (DeadlineKind.INSURANCE, DeadlineKind.REFERENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """How many lines the journal of a convention has, and when the last one was written."""

    lines: int
    last: dt.datetime


def deadlines_calendar(epci: Epci, today: dt.date, since: dt.datetime) -> tuple[bytes, dt.datetime]:
    """Return the deadlines of the conventions of an EPCI as a calendar, and its last change; `since` is when it was opened."""
    conventions = list(Convention.objects.filter(epci=epci).select_related("epci", "commune", "termination").defer("text"))
    deadlines = deadlines_of(conventions, today, today + AHEAD)
    written = _written(epci)
    calendar = empty_calendar(epci, f"Échéances des conventions, {epci}")
    for key, deadline in _identified(deadlines):
        _add(calendar, key, deadline, written, since)
    body: bytes = calendar.to_ical()
    return body, max((one.last for one in written.values()), default=since)


def _identified(deadlines: Iterable[Deadline]) -> list[tuple[str, Deadline]]:
    """Return each deadline with a key that no other has; a second one of the same bears its day."""
    found: dict[str, Deadline] = {}
    for deadline in deadlines:
        key = _key(deadline)
        found[f"{key}-{deadline.day:%Y%m%d}" if key in found else key] = deadline
    return list(found.items())


def _key(deadline: Deadline) -> str:
    whose = f"convention-{deadline.convention.pk}" if deadline.convention else "epci"
    if deadline.kind in ALONE:
        return f"{whose}-{deadline.kind}"
    when = f"{deadline.day:%Y}" if deadline.kind in OF_A_YEAR else f"{deadline.day:%Y%m%d}"
    return f"{whose}-{deadline.kind}-{when}"


def _written(epci: Epci) -> dict[int, Written]:
    rows = JournalEntry.objects.filter(convention__epci=epci).order_by().values_list("convention")
    return {key: Written(lines=lines, last=last) for key, lines, last in rows.annotate(Count("pk"), Max("at"))}


def _add(calendar: Calendar, key: str, deadline: Deadline, written: Mapping[int, Written], since: dt.datetime) -> None:
    convention, event = deadline.convention, Event()
    told = written.get(convention.pk) if convention else None
    stamp = (told.last if told else since).astimezone(dt.UTC)
    event.add("uid", f"{key}@{urlsplit(settings.ADDRESS).hostname}")
    # What no journal tells (the end of an insurance) moves forward as a rule: its day counts.
    event.add("sequence", told.lines if told else (deadline.day - EPOCH).days)
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("dtstart", deadline.day)
    event.add("dtend", deadline.day + ONE_DAY)
    words = f"{deadline.words[:1].upper()}{deadline.words[1:]}"
    event.add("summary", f"{convention.commune} : {deadline.words}" if convention else words)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    calendar.add_component(event)
