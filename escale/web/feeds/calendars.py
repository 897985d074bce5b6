"""Visits as an iCalendar (RFC 5545, 7986): when and where, never who is received. A visit that moves keeps its identifier."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
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
    epcis: Sequence[Epci],
    stops: Iterable[Stop],
    *,
    name: str,
    private: bool,
    permanences: Iterable[PermanenceDay] = (),
) -> bytes:
    """Return visits and permanences of one EPCI or several as a calendar that others follow.

    Each one has the hours of its own time zone; the same days give the same bytes, whatever the zone of the machine.
    """
    calendar = empty_calendar(epcis[0], name)
    known, dates = {epci.pk: epci for epci in epcis}, []
    for stop in stops:
        calendar.add_component(_event(known[stop.visit.epci_id], stop, private=private))
        dates.append(stop.date)
    for one in permanences:
        calendar.add_component(_permanence(known[one.permanence.epci_id], one, private=private))
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


def _event(epci: Epci, stop: Stop, *, private: bool) -> Event:
    visit, commune = stop.visit, stop.commune
    event, zone = Event(), ZoneInfo(epci.time_zone)
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


def _permanence(epci: Epci, one: PermanenceDay, *, private: bool) -> Event:
    permanence, event, zone = one.permanence, Event(), ZoneInfo(epci.time_zone)
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
