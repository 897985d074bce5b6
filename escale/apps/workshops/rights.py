"""Registrations as a source of what is known of a person (RGPD, art. 15 to 21)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models

from escale.apps.audit.actors import Actor
from escale.apps.booking.kinds import Agent, Channel
from escale.apps.booking.labels import AGENTS, CHANNELS
from escale.apps.booking.models import RightsRequest
from escale.apps.booking.rights.sources import Source
from escale.apps.workshops.actions import withdraw_person
from escale.apps.workshops.labels import ATTENDANCES, REGISTRATION_STATES
from escale.apps.workshops.models import Registration
from escale.core.calendar.french import weekday_date_words
from escale.core.workshops.states import Attendance, RegistrationState


def _rows(actor: Actor, request: RightsRequest) -> models.QuerySet[Any]:
    rows = Registration.objects.reached_with(actor, "booking.rights").filter(workshop__epci=request.epci)
    if request.commune is not None:
        rows = rows.filter(commune=request.commune)
    return rows.filter(person_forgotten=False).select_related("workshop__epci", "commune", "residence").order_by("pk")


def _facts(row: Registration) -> Iterator[tuple[str, str]]:
    yield "Nom ou alias", row.person
    yield "Joindre", " ".join(filter(None, (CHANNELS[Channel(row.channel)], row.contact)))
    yield "Habite", str(row.residence)
    yield "Atelier", f"{row.workshop}, {weekday_date_words(row.workshop.date)}"
    yield "Inscrit par", str(row.commune)
    yield "Apporte son appareil", "oui" if row.brings_device else "non"
    yield "Noté le", f"{row.written_at:%d/%m/%Y} par {AGENTS[Agent(row.written_as)]}"
    yield "État", REGISTRATION_STATES[RegistrationState(row.state)]
    yield "Présence", ATTENDANCES[Attendance(row.attendance)]


def _leave(actor: Actor, row: Registration) -> None:
    """Free the place of someone of whom nothing is known any more."""
    if row.workshop.is_coming and row.state != RegistrationState.WITHDRAWN:
        withdraw_person(actor=actor, registration=row)


REGISTRATIONS = Source(
    rows=_rows,
    title=lambda row: f"Atelier du {row.workshop.date:%d/%m/%Y}, {row.commune}",
    facts=_facts,
    abouts=lambda row: [f"workshop:{row.pk}"],
    leave=_leave,
    erased={"first_name": "", "name": "", "contact": "", "contact_forgotten": True, "person_forgotten": True},
)
