"""Whom to call when a half-day goes wrong: who was to come, the mairie, whoever has the key, the référent, the service."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from escale.apps.booking.kinds import Channel
from escale.apps.booking.models import Appointment, Telling
from escale.apps.booking.queries import AppointmentLine, lines_of
from escale.apps.territory.catalogue import COORDINATION_PHONE
from escale.apps.territory.models import KeyHolder, Mairie, Referent
from escale.apps.territory.queries import value_of
from escale.apps.visits.models import Visit
from escale.core.calendar.hours import Hours
from escale.web.stops import Stop
from escale.web.trouble.situation import Situation


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Someone who was to come, and how to reach them; `telling` is what they have to learn and nobody told them yet."""

    person: str
    contact: str
    is_phone: bool
    hours: Hours | None
    telling: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number of the day that is nobody's secret here."""

    who: str
    phone: str


def callers_of(situation: Situation, visit: Visit) -> tuple[list[Caller], int]:
    """Return those whose names this person reads anyway, and how many others were to come."""
    lines = lines_of(situation.visitor.user, Appointment.objects.expecting(visit).select_related("asking", "epci", "visit"))
    named = [line for line in lines if line.person]
    return _callers(named), len(lines) - len(named)


def revealed_callers(situation: Situation, rows: Sequence[Appointment]) -> list[Caller]:
    """Return those whose names were read for a reason that is noted, each with the hour of their appointment."""
    untold, lines = _untold(rows), lines_of(situation.visitor.user, rows)
    return [
        Caller(
            person=row.person,
            contact=row.contact,
            is_phone=row.channel == Channel.PHONE,
            hours=line.hours,
            telling=untold.get(row.pk),
        )
        for row, line in zip(rows, lines, strict=True)
    ]


def numbers_of(stop: Stop) -> list[Number]:
    """Return the other numbers of the day: the mairie, whoever has the key, the référent, the mediator, the coordination."""
    found = []
    mairie = Mairie.objects.filter(commune=stop.commune).first()
    if mairie is not None:
        hours = f" ({mairie.phone_hours})" if mairie.phone_hours else ""
        found += [
            (f"Mairie {stop.commune.place_name.de}{hours}", mairie.phone),
            ("Mairie, aux autres heures", mairie.other_phone),
        ]
    holders = KeyHolder.objects.filter(premises__commune=stop.commune).order_by("premises__rank", "rank")
    found += [(f"{holder}, a la clé", holder.phone) for holder in holders.select_related("premises")]
    preparation = getattr(stop.visit, "preparation", None)
    if preparation is not None and preparation.opener:
        found.append((f"{preparation.opener}, ouvre ce jour-là", preparation.opener_phone))
    referents = Referent.objects.filter(commune=stop.commune).in_charge_on(stop.date)
    found += [(f"{referent}, référent", referent.phone) for referent in referents]
    if stop.mediator is not None:
        found.append((f"{stop.mediator.first_name}, médiation numérique", stop.mediator.phone))
    found.append(("La coordination", value_of(stop.visit.epci, COORDINATION_PHONE)))
    return [Number(who=who, phone=phone) for who, phone in found if phone]


def _callers(lines: Iterable[AppointmentLine]) -> list[Caller]:
    known = list(lines)
    untold = _untold([line.appointment for line in known])
    return [
        Caller(
            person=line.person,
            contact=line.contact,
            is_phone=line.appointment.channel == Channel.PHONE,
            hours=line.hours,
            telling=untold.get(line.appointment.pk),
        )
        for line in known
    ]


def _untold(rows: Sequence[Appointment]) -> dict[int, int]:
    waiting = Telling.objects.filter(appointment__in=rows, told_at__isnull=True)
    return {appointment: key for appointment, key in waiting.values_list("appointment", "pk") if appointment is not None}
