"""Who acts: a person, or the system under a name. Every action names its actor and asks it for the permission."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django.core.exceptions import PermissionDenied

from escale.apps.audit.scopes import EVERYWHERE, Scope


class Actor(Protocol):
    """Whoever answers for an action: what the audit log calls it, and where it holds a permission."""

    @property
    def actor_id(self) -> str:
        """A name that says nothing of the person."""

    def scope(self, permission: str) -> Scope:
        """Return where this actor holds a permission today."""

    def may(self, permission: str, on: object) -> bool:
        """Tell whether this actor holds a permission on an object today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemActor:
    """A part of the installation that acts by itself, such as the daily round."""

    actor_id: str

    def scope(self, permission: str) -> Scope:
        return EVERYWHERE

    def may(self, permission: str, on: object) -> bool:
        return True


SYSTEM = SystemActor(actor_id="system")


def require(actor: Actor, permission: str, on: object) -> None:
    """Refuse an action (PermissionDenied) unless the actor holds its permission on this object."""
    if not actor.may(permission, on):
        raise PermissionDenied("Vous n’avez pas le droit de faire cela ici.")
