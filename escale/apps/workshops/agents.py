"""As what someone acts on a workshop: for a mairie, or on its behalf."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from escale.apps.audit.actors import Actor
from escale.apps.booking.agents import REFUSED
from escale.apps.booking.kinds import Agent
from escale.apps.territory.models import Commune
from escale.apps.territory.saving import refuse
from escale.apps.workshops.models import Registration, Workshop


def agent_for(actor: Actor, workshop: Workshop, commune: Commune) -> Agent:
    """Return as what an actor registers someone of a commune. Raise PermissionDenied for whoever does not see the workshop.

    Raise ValidationError for a commune whose people the workshop does not take.
    """
    if not Workshop.objects.reached_with(actor, "workshops.register").filter(pk=workshop.pk).exists():
        raise PermissionDenied(REFUSED)
    scope = actor.scope("workshops.register")
    is_desk = commune.code in scope.communes
    over_all = scope.everywhere or workshop.epci.siren in scope.epcis
    if not is_desk and not over_all:
        raise PermissionDenied(REFUSED)
    if not workshop.communes.filter(pk=commune.pk).exists():
        raise refuse("commune", f"Cet atelier n’est pas ouvert aux personnes inscrites {commune.place_name.at}.")
    if is_desk:
        return Agent.COMMUNE
    return Agent.MEDIATOR if workshop.epci.siren in actor.scope("booking.hold").epcis else Agent.COORDINATION


def require_registration(actor: Actor, registration: Registration) -> None:
    """Refuse (PermissionDenied) whoever does not reach a registration: its mairie, the mediators, the coordination."""
    if not Registration.objects.reached_with(actor, "workshops.register").filter(pk=registration.pk).exists():
        raise PermissionDenied(REFUSED)
