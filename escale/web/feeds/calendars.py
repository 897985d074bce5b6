"""Visits as an iCalendar (RFC 5545, 7986): when and where, never who is received. A visit that moves keeps its identifier."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar, vDuration, vText

from escale.apps.team.permanences import PermanenceDay
from escale.apps.territory.models import Epci
from escale.web.feeds.lines import event_lines, local, moment, plain, words, zone_lines
from escale.web.stops import Stop

CALENDAR_TYPE = "text/calendar; charset=utf-8"
REFRESHED = dt.timedelta(hours=6)
FOOT = b"END:VCALENDAR\r\n"


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
    known, events = {epci.pk: epci for epci in epcis}, []
    days: defaultdict[str, set[dt.date]] = defaultdict(set)
    for stop in stops:
        epci = known[stop.visit.epci_id]
        events.append(_event(epci, stop, private=private))
        days[epci.time_zone].add(stop.date)
    for one in permanences:
        epci = known[one.permanence.epci_id]
        events.append(_permanence(epci, one, private=private))
        days[epci.time_zone].add(one.date)
    zones = [zone_lines(zone, min(told).year, max(told).year) for zone, told in days.items()]
    head: bytes = empty_calendar(epcis[0], name).to_ical()
    return b"".join((head.removesuffix(FOOT), *zones, *events, FOOT))


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


def _event(epci: Epci, stop: Stop, *, private: bool) -> bytes:
    visit = stop.visit
    description = {} if stop.is_cancelled else {"description": words(_description(stop))}
    return event_lines(
        uid=plain(f"{visit.uid}@{_host()}"),
        sequence=plain(visit.sequence),
        # The moment of its last change, not of this answer: an agenda that asks again is told that nothing changed.
        dtstamp=moment(visit.changed_at),
        last_modified=moment(visit.changed_at),
        dtstart=local(stop.date, stop.hours.starts, epci.time_zone),
        dtend=local(stop.date, stop.hours.ends, epci.time_zone),
        summary=words(f"{epci.service_name} {stop.commune.place_name.at}"),
        location=words(_location(stop)),
        status=plain("CANCELLED" if stop.is_cancelled else "CONFIRMED"),
        **{"class": plain("PRIVATE" if private else "PUBLIC")},
        **description,
    )


def _permanence(epci: Epci, one: PermanenceDay, *, private: bool) -> bytes:
    permanence = one.permanence
    where = (permanence.place, permanence.address, str(permanence.commune))
    return event_lines(
        uid=plain(f"permanence-{permanence.pk}-{one.date:%Y%m%d}@{_host()}"),
        dtstamp=moment(dt.datetime.combine(permanence.first_day, dt.time(), ZoneInfo(epci.time_zone))),
        dtstart=local(one.date, one.hours.starts, epci.time_zone),
        dtend=local(one.date, one.hours.ends, epci.time_zone),
        summary=words(f"{epci.service_name}, permanence {permanence.commune.place_name.at}"),
        location=words(", ".join(filter(None, where))),
        status=plain("CONFIRMED"),
        **{"class": plain("PRIVATE" if private else "PUBLIC")},
    )


def _host() -> str | None:
    return urlsplit(settings.ADDRESS).hostname


def _location(stop: Stop) -> str:
    address = stop.place.address if stop.place else ""
    return ", ".join(part for part in (stop.place_words, address, str(stop.commune)) if part)


def _description(stop: Stop) -> str:
    moved = f"Date déplacée, prévue d’abord le {stop.promised_words}.\n" if stop.visit.was_moved else ""
    return f"{moved}Sans rendez-vous : {stop.walk_in.words}.\nSur rendez-vous : {stop.by_appointment.words}."
