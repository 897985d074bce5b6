"""What a message says to someone about their appointment, and to whom it goes: read from the rows, never who it is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from escale.apps.booking.agenda import agenda_of, hours_between, moment_of
from escale.apps.booking.kinds import Change
from escale.apps.booking.models import Appointment, Offer, Telling
from escale.apps.booking.offices import HALF
from escale.apps.territory.catalogue import DATA_CONTACT, OFFICE_ADDRESS
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.queries import hours_at, mairie_of, value_of
from escale.apps.visits.models import Visit
from escale.apps.visits.queries import VisitLine, visit_lines
from escale.core.booking.motives import Motive, to_bring
from escale.core.booking.slots import cut, slots_of
from escale.core.calendar.halfdays import Half
from escale.core.calendar.hours import Hours


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One change of one appointment, without any name: what a letter or a text message is made of.

    `at` is where it is held, `mairie` the commune that looks after the person, `phone` that of its mairie, empty while unknown.
    """

    change: Change
    day: dt.date
    hours: Hours
    at: Commune
    mairie: Commune
    place: str = ""
    address: str = ""
    phone: str = ""
    phone_hours: str = ""
    bring: tuple[str, ...] = ()
    before: tuple[dt.date, Half] | None = None
    keeps_place: bool = False
    until: dt.datetime | None = None
    data_contact: str = ""


Lines = Mapping[int, VisitLine]
"""Visits that are read already, by their keys."""


def lines_for(visits: Iterable[int | None]) -> Lines:
    """Read the visits of many people at once."""
    return {line.visit.pk: line for line in visit_lines(Visit.objects.filter(pk__in=[pk for pk in visits if pk is not None]))}


def news_of(telling: Telling, lines: Lines) -> News | None:
    """Return what is to be told; None when nothing says any more when it is."""
    if telling.offer is not None:
        return _of_offer(telling.offer)
    if telling.appointment is None:
        return None
    before = None if telling.before_date is None else (telling.before_date, Half(telling.before_half))
    return news_of_appointment(telling.appointment, Change(telling.change), lines, before)


def news_of_appointment(
    row: Appointment, change: Change, lines: Lines, before: tuple[dt.date, Half] | None = None
) -> News | None:
    """Return one change of an appointment."""
    line = lines.get(row.visit_id or 0)
    slots = cut(hours_at(row.epci, None, HALF), row.slot_minutes) if line is None else slots_of(line.hours, row.grid)
    hours = hours_between(slots, row.first_slot, row.slot_count)
    if hours is None:
        return None
    place, address, at = _office(row) if line is None else _place(line)
    keeps_place = change is Change.CANCELLED and row.demande is not None and row.demande.closed_at is None
    phone, phone_hours = _phone(row.asking)
    return News(
        change=change,
        day=row.day,
        hours=hours,
        at=at,
        mairie=row.asking,
        place=place,
        address=address,
        phone=phone,
        phone_hours=phone_hours,
        bring=to_bring(Motive(row.motive)),
        before=before,
        keeps_place=keeps_place,
        data_contact=value_of(row.epci, DATA_CONTACT),
    )


def starts_at(epci: Epci, news: News) -> dt.datetime:
    """Return the moment after which nothing is told: when the appointment starts, or the slot is kept no more."""
    start = moment_of(epci, news.day, news.hours.starts)
    return start if news.until is None else min(start, news.until)


def _of_offer(offer: Offer) -> News | None:
    agenda = agenda_of(offer.visit)
    hours = agenda.hours_of(offer.first_slot, offer.slot_count)
    if hours is None:
        return None
    demande = offer.demande
    place, address, at = _place(agenda.line)
    phone, phone_hours = _phone(demande.commune)
    return News(
        change=Change.OFFERED,
        day=offer.visit.date,
        hours=hours,
        at=at,
        mairie=demande.commune,
        place=place,
        address=address,
        phone=phone,
        phone_hours=phone_hours,
        bring=to_bring(Motive(demande.motive)),
        until=offer.expires_at.astimezone(moment_of(demande.epci, offer.visit.date, hours.starts).tzinfo),
        data_contact=value_of(demande.epci, DATA_CONTACT),
    )


def _place(line: VisitLine) -> tuple[str, str, Commune]:
    premises, room = line.premises, line.visit.room
    if premises is None:
        return "", "", line.commune
    return (premises.name if room is None else f"{premises.name}, {room.name}"), premises.address, line.commune


def _office(row: Appointment) -> tuple[str, str, Commune]:
    base = row.post.base if row.post is not None else None
    return "bureau de la médiation numérique", value_of(row.epci, OFFICE_ADDRESS), base or row.asking


def _phone(commune: Commune) -> tuple[str, str]:
    mairie = mairie_of(commune)
    return (mairie.phone, mairie.phone_hours) if mairie else ("", "")
