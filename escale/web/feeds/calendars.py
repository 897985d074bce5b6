"""Visits as an iCalendar (RFC 5545, 7986): when and where, never who is received. A visit that moves keeps its identifier."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar, Event, vDuration, vText

from escale.apps.team.permanences import PermanenceDay
from escale.apps.territory.models import Epci
from escale.web.stops import Stop

CALENDAR_TYPE = "text/calendar; charset=utf-8"
REFRESHED = dt.timedelta(hours=6)
MARGIN = dt.timedelta(days=366)
"""How far the rules of the time zone reach beyond the dates."""


def calendar_of(
    epci: Epci,
    stops: Iterable[Stop],
    *,
    name: str,
    private: bool,
    permanences: Iterable[PermanenceDay] = (),
) -> bytes:
    """Return visits and permanences as a calendar that others follow; the same days give the same bytes, in any time zone."""
    calendar = empty_calendar(epci, name)
    zone, dates = ZoneInfo(epci.time_zone), []
    for stop in stops:
        calendar.add_component(_event(epci, stop, zone, private=private))
        dates.append(stop.date)
    for one in permanences:
        calendar.add_component(_permanence(epci, one, zone, private=private))
        dates.append(one.date)
    if dates:
        calendar.add_missing_timezones(first_date=min(dates) - MARGIN, last_date=max(dates) + MARGIN)
    written: bytes = calendar.to_ical()
    return written


def empty_calendar(epci: Epci, name: str) -> Calendar:
    """Return a calendar that says what it is and how often to come back."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{epci.service_name}//Agenda//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", vText(name))
    calendar.add("x-wr-calname", vText(name))
    calendar.add("x-wr-timezone", epci.time_zone)
    calendar.add("refresh-interval", vDuration(REFRESHED), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESHED))
    return calendar


def _event(epci: Epci, stop: Stop, zone: ZoneInfo, *, private: bool) -> Event:
    visit, commune = stop.visit, stop.commune
    event = Event()
    event.add("uid", f"{visit.uid}@{urlsplit(settings.ADDRESS).hostname}")
    event.add("sequence", visit.sequence)
    # The moment of its last change, not of this answer: an agenda that asks again is told that nothing changed.
    event.add("dtstamp", visit.changed_at.astimezone(dt.UTC))
    event.add("last-modified", visit.changed_at.astimezone(dt.UTC))
    event.add("dtstart", dt.datetime.combine(stop.date, stop.hours.starts, zone))
    event.add("dtend", dt.datetime.combine(stop.date, stop.hours.ends, zone))
    event.add("summary", f"{epci.service_name} {commune.place_name.at}")
    event.add("location", _location(stop))
    event.add("status", "CANCELLED" if stop.is_cancelled else "CONFIRMED")
    event.add("class", "PRIVATE" if private else "PUBLIC")
    if not stop.is_cancelled:
        event.add("description", _description(stop))
    return event


def _permanence(epci: Epci, one: PermanenceDay, zone: ZoneInfo, *, private: bool) -> Event:
    permanence, event = one.permanence, Event()
    event.add("uid", f"permanence-{permanence.pk}-{one.date:%Y%m%d}@{urlsplit(settings.ADDRESS).hostname}")
    event.add("dtstamp", dt.datetime.combine(permanence.first_day, dt.time(), zone).astimezone(dt.UTC))
    event.add("dtstart", dt.datetime.combine(one.date, one.hours.starts, zone))
    event.add("dtend", dt.datetime.combine(one.date, one.hours.ends, zone))
    event.add("summary", f"{epci.service_name}, permanence {permanence.commune.place_name.at}")
    event.add("location", ", ".join(part for part in (permanence.place, permanence.address, str(permanence.commune)) if part))
    event.add("status", "CONFIRMED")
    event.add("class", "PRIVATE" if private else "PUBLIC")
    return event


def _location(stop: Stop) -> str:
    address = stop.place.address if stop.place else ""
    return ", ".join(part for part in (stop.place_words, address, str(stop.commune)) if part)


def _description(stop: Stop) -> str:
    moved = f"Date déplacée, prévue d’abord le {stop.promised_words}.\n" if stop.visit.was_moved else ""
    return f"{moved}Sans rendez-vous : {stop.walk_in.words}.\nSur rendez-vous : {stop.by_appointment.words}."
