"""As what someone acts on the appointments of a commune: for its mairie, or on its behalf."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied

from escale.apps.accounts.models import User
from escale.apps.audit.actors import Actor
from escale.apps.booking.kinds import Agent
from escale.apps.booking.models import Appointment, Demande
from escale.apps.booking.reach import held_by, holds
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.models import Visit

REFUSED = "Vous n’avez pas le droit de faire cela ici."


def agent_in(actor: Actor, epci: Epci, commune: Commune, *, post: int | None = None, day: dt.date | None = None) -> Agent:
    """Return as what an actor books for a commune; a mediator does on a half-day that they hold, or where they come.

    Raise PermissionDenied for anyone else.
    """
    scope = actor.scope("booking.book")
    if commune.code in scope.communes:
        return Agent.COMMUNE
    if scope.everywhere or epci.siren in scope.epcis:
        return Agent.COORDINATION
    if isinstance(actor, User):
        if post is not None and day is not None:
            mine = holds(actor, post=post, day=day)
        else:
            mine = Visit.objects.standing().filter(held_by(actor, post="post", date="date"), commune=commune).exists()
        if mine:
            return Agent.MEDIATOR
    raise PermissionDenied(REFUSED)


def require_appointment(actor: Actor, appointment: Appointment) -> None:
    """Refuse (PermissionDenied) whoever does not reach an appointment: its desks, its mediator, the coordination."""
    if not Appointment.objects.reached_with(actor, "booking.book").filter(pk=appointment.pk).exists():
        raise PermissionDenied(REFUSED)


def require_demande(actor: Actor, demande: Demande) -> None:
    """Refuse (PermissionDenied) whoever does not reach a request."""
    if not Demande.objects.reached_with(actor, "booking.book").filter(pk=demande.pk).exists():
        raise PermissionDenied(REFUSED)
