"""Who has to be told something by the mairie, what, and how each is reached."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from escale.apps.booking.agenda import Agenda, agendas_of
from escale.apps.booking.kinds import Change
from escale.apps.booking.models import Appointment, Demande, Offer, Telling
from escale.apps.booking.queries import AppointmentLine, lines_of, people_to_tell
from escale.apps.visits.models import Visit
from escale.core.calendar.hours import Hours
from escale.web.desk.counter import Counter
from escale.web.desk.reading import named_among
from escale.web.stops import stops_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ToTell:
    """Something that only the mairie can tell someone: about an appointment, or a slot that is offered.

    `contact` is how they are reached, when a message did not reach them; `place` where they go now, said when it changes.
    """

    telling: Telling
    person: str
    contact: str
    change: Change
    date: dt.date
    hours: Hours | None
    place: str
    demande: Demande | None
    appointment: Appointment | None


def to_tell(counter: Counter) -> list[ToTell]:
    """Return what only the mairie can tell people, the oldest first."""
    actor = counter.visitor.user
    tellings = people_to_tell(actor, counter.commune)
    rows = [telling.appointment for telling in tellings if telling.appointment]
    lines = {line.appointment.pk: line for line in lines_of(actor, rows)}
    places = {stop.visit.pk: stop.place_words for stop in stops_of(Visit.objects.filter(pk__in=[row.visit_id for row in rows]))}
    offers = [telling.offer for telling in tellings if telling.offer]
    kept = {agenda.visit.pk: agenda for agenda in agendas_of(Visit.objects.filter(pk__in=[offer.visit_id for offer in offers]))}
    named = named_among(actor, [offer.demande for offer in offers])
    found = []
    for telling in tellings:
        if telling.appointment is not None:
            place = places.get(telling.appointment.visit_id or 0, "")
            found.append(_of_appointment(telling, lines[telling.appointment.pk], place))
        elif telling.offer is not None:
            found.append(_of_offer(telling, telling.offer, kept[telling.offer.visit_id], named))
    return found


def _of_appointment(telling: Telling, line: AppointmentLine, place: str) -> ToTell:
    return ToTell(
        telling=telling,
        person=line.person,
        contact=line.contact,
        change=Change(telling.change),
        date=line.date,
        hours=line.hours,
        place=place,
        demande=None,
        appointment=line.appointment,
    )


def _of_offer(telling: Telling, offer: Offer, agenda: Agenda, named: set[int]) -> ToTell:
    return ToTell(
        telling=telling,
        person=offer.demande.person if offer.demande_id in named else "",
        contact=offer.demande.contact if offer.demande_id in named else "",
        change=Change.OFFERED,
        date=agenda.line.date,
        hours=agenda.hours_of(offer.first_slot, offer.slot_count),
        place="",
        demande=offer.demande,
        appointment=None,
    )
