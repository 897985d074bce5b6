"""Appointments and requests as sources of what is known of a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models

from escale.apps.audit.actors import Actor
from escale.apps.booking.actions.changing import cancel_appointment
from escale.apps.booking.actions.forgetting import ERASED, NO_PUBLIC
from escale.apps.booking.actions.telling import need_not_learn
from escale.apps.booking.actions.waiting import withdraw_demande
from escale.apps.booking.kinds import Agent, CancelledBy, Change, Channel, Kind, Origin
from escale.apps.booking.labels import AGENTS, APPOINTMENT_STATES, CHANGES, CHANNELS, DEMANDE_STATES, KINDS, NEEDS, ORIGINS
from escale.apps.booking.models import Appointment, Demande, RightsRequest, Telling
from escale.apps.booking.models.residents import OfResident
from escale.apps.booking.notices import REMINDER, TELLING
from escale.apps.booking.rights.sources import Source
from escale.apps.territory import clock
from escale.apps.territory.models import Epci
from escale.core.booking.motives import MOTIVES, Motive
from escale.core.booking.states import AppointmentState, DemandeState
from escale.core.calendar.french import weekday_date_words


def _appointments(actor: Actor, request: RightsRequest) -> models.QuerySet[Any]:
    rows = Appointment.objects.reached_with(actor, "booking.rights").filter(epci=request.epci, person_forgotten=False)
    if request.commune is not None:
        rows = rows.filter(asking=request.commune)
    return rows.select_related("epci", "asking", "visit__commune", "residence").order_by("pk")


def _demandes(actor: Actor, request: RightsRequest) -> models.QuerySet[Any]:
    rows = Demande.objects.reached_with(actor, "booking.rights").filter(epci=request.epci, person_forgotten=False)
    if request.commune is not None:
        rows = rows.filter(commune=request.commune)
    return rows.select_related("epci", "commune", "residence").order_by("pk")


def _appointment_facts(row: Appointment) -> Iterator[tuple[str, str]]:
    yield from _person(row, row.epci)
    yield "Rendez-vous", f"{weekday_date_words(row.day)}, {KINDS[Kind(row.kind)]}"
    yield "Commune", str(row.visit.commune if row.visit is not None else row.asking)
    yield "Inscrit par", str(row.asking)
    yield "État", APPOINTMENT_STATES[AppointmentState(row.state)]
    yield "Motif de l’annulation", row.reason
    yield "À dire ou dit", ", ".join(_told(telling) for telling in row.tellings.all())


def _demande_facts(row: Demande) -> Iterator[tuple[str, str]]:
    yield from _person(row, row.epci)
    yield "Commune", str(row.commune)
    yield "État", DEMANDE_STATES[DemandeState(row.state)]
    yield "Envoyée depuis", ORIGINS[Origin(row.origin)]
    yield "Préfère être rappelée", "oui" if row.call_back else ""
    yield "Demandé par quelqu’un d’autre, avec l’accord de la personne, le", _moment(row.agreed_at, row.epci)
    yield "Réponse de la mairie", row.word
    yield "Accepte une commune voisine", "oui" if row.accepts_neighbour else "non"
    told = Telling.objects.filter(offer__demande=row)
    yield "À dire ou dit", ", ".join(_told(telling) for telling in told)


def _person(row: OfResident, epci: Epci) -> Iterator[tuple[str, str]]:
    yield "Nom ou alias", row.person
    yield "Joindre", " ".join(filter(None, (CHANNELS[Channel(row.channel)], row.contact)))
    yield "Habite", str(row.residence or "")
    yield "Motif", MOTIVES[Motive(row.motive)].label
    yield "Besoins", ", ".join(NEEDS[need] for need in sorted(row.needs))
    yield "Demandé le", _moment(row.asked_at, epci)
    yield "Noté le", f"{_moment(row.written_at, epci)} par {AGENTS[Agent(row.written_as)]}"
    yield "Transmis le", _moment(row.transmitted_at, epci)


def _told(telling: Telling) -> str:
    done = f"dit le {telling.told_at:%d/%m/%Y}" if telling.told_at else "pas encore dit"
    return f"{CHANGES[Change(telling.change)]} ({done})"


def _moment(moment: dt.datetime | None, epci: Epci) -> str:
    return "" if moment is None else f"{moment.astimezone(ZoneInfo(epci.time_zone)):%d/%m/%Y à %H:%M}"


def _about_appointment(row: Appointment) -> list[str]:
    return [f"{REMINDER}:{row.pk}", *(f"{TELLING}:{telling.pk}" for telling in row.tellings.all())]


def _about_demande(row: Demande) -> list[str]:
    return [f"{TELLING}:{pk}" for pk in Telling.objects.filter(offer__demande=row).values_list("pk", flat=True)]


def _leave_appointment(actor: Actor, row: Appointment) -> None:
    """Free the slot of someone of whom nothing is known any more: nobody could be called for it."""
    if row.state == AppointmentState.BOOKED and row.day >= clock.today(row.epci):
        cancel_appointment(actor=actor, appointment=row, by=CancelledBy.PERSON)
    need_not_learn(row)


def _leave_demande(actor: Actor, row: Demande) -> None:
    if row.closed_at is None:
        withdraw_demande(actor=actor, demande=row)


APPOINTMENTS = Source(
    rows=_appointments,
    title=lambda row: f"Rendez-vous du {row.day:%d/%m/%Y}, {row.asking}",
    facts=_appointment_facts,
    abouts=_about_appointment,
    leave=_leave_appointment,
    erased={**ERASED, "reason": ""},
)
DEMANDES = Source(
    rows=_demandes,
    title=lambda row: f"Demande du {row.asked_at:%d/%m/%Y}, {row.commune}",
    facts=_demande_facts,
    abouts=_about_demande,
    leave=_leave_demande,
    erased={**ERASED, **NO_PUBLIC},
)
