"""The journeys of those who log in: which role leads into which one, and in whose name a page is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import wraps
from typing import TYPE_CHECKING, Concatenate

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from escale.apps.accounts.access import Kind, scope_of
from escale.apps.accounts.models import Role, User

if TYPE_CHECKING:
    from escale.apps.territory.models import Commune, Epci

CHOSEN = "role"
"""The key of the session that holds the role that a person with several ones has chosen."""


class Journey(Enum):
    """A part of the interface, the address of its first page, and the roles that lead into it."""

    STEERING = "steering:home", frozenset({Kind.COORDINATOR, Kind.LAWYER, Kind.READER})
    COMMUNE = "commune:home", frozenset({Kind.REFERENT, Kind.DESK})
    FIELD = "field:home", frozenset({Kind.MEDIATOR})

    @property
    def home(self) -> str:
        """The name of the address of the first page."""
        return self.value[0]

    @property
    def kinds(self) -> frozenset[Kind]:
        """The roles that lead into the journey."""
        return self.value[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who looks at a page, and the role in whose name it is shown."""

    user: User
    role: Role

    @property
    def epci(self) -> Epci:
        """The EPCI of the role."""
        return self.role.epci

    @property
    def sees_team(self) -> bool:
        """Whether the people of the team may be shown, by name."""
        return self.user.may("team.see", self.epci)

    @property
    def sees_drafts(self) -> bool:
        """Whether the tours that are being prepared may be shown."""
        return self.holds("schedule.draft")

    @property
    def sees_urgencies(self) -> bool:
        """Whether the urgencies of the communes are theirs to follow."""
        return self.holds("urgencies.see")

    @property
    def manages_conventions(self) -> bool:
        """Whether the conventions are theirs to lead, drafts and letters included."""
        return self.holds("conventions.manage")

    @property
    def answers_rights(self) -> bool:
        """Whether they answer residents who ask about their own data."""
        scope = scope_of([self.role], "booking.rights")
        return self.role.place in scope.epcis | scope.communes

    @property
    def leads_workshops(self) -> bool:
        """Whether workshops may be shown and prepared."""
        return self.holds("workshops.manage")

    @property
    def follows_service(self) -> bool:
        """Whether what went wrong and what came late in the service is theirs to follow."""
        return self.holds("activity.see") and self.holds("booking.see")

    @property
    def exchanges_records(self) -> bool:
        """Whether records are exchanged with La Coop by them."""
        return self.holds("activity.exchange")

    @property
    def sees_evaluations(self) -> bool:
        """Whether the evaluations of the service may be shown."""
        return self.holds("evaluations.see")

    def holds(self, permission: str) -> bool:
        """Tell whether the role in whose name the page is shown gives a permission on the EPCI."""
        return self.epci.siren in scope_of([self.role], permission).epcis

    @property
    def commune(self) -> Commune:
        """The commune of the role of a référent or a desk."""
        if self.role.commune is None:
            raise PermissionDenied("Ce rôle n’est celui d’aucune commune.")
        return self.role.commune


def journey_of(role: Role) -> Journey:
    """Return the journey into which a role leads."""
    return next(journey for journey in Journey if role.kind in journey.kinds)


View = Callable[Concatenate[HttpRequest, Visitor, ...], HttpResponseBase]


def enter(journey: Journey) -> Callable[[View], Callable[..., HttpResponseBase]]:
    """Show a view to those whose role leads into a journey, and tell it who looks; refuse the others (403)."""

    def decorate(view: View) -> Callable[..., HttpResponseBase]:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, **parts: object) -> HttpResponseBase:
            return view(request, visitor_in(request, journey), **parts)

        return guarded

    return decorate


def visitor_in(request: HttpRequest, journey: Journey) -> Visitor:
    """Return who looks at a page of a journey; raise PermissionDenied for someone whom no role leads there."""
    user = request.user
    if not isinstance(user, User):
        raise PermissionDenied
    roles = [role for role in user.keep_roles() if role.kind in journey.kinds]
    if not roles:
        raise PermissionDenied("Aucun de vos rôles ne mène ici.")
    chosen = request.session.get(CHOSEN)
    return Visitor(user=user, role=next((role for role in roles if role.pk == chosen), roles[0]))
