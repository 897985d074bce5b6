"""Where an actor may do something, and how a set of rows is cut to it: the one road from rights to rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Self, TypeVar

from django.db import models

if TYPE_CHECKING:
    from escale.apps.audit.actors import Actor

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The part of the world in which a permission holds: whole EPCIs by SIREN, single communes by INSEE code."""

    everywhere: bool = False
    epcis: frozenset[str] = frozenset()
    communes: frozenset[str] = frozenset()

    def covers(self, on: object) -> bool:
        """Tell whether an object lies inside; what reaches no EPCI belongs to the whole installation alone."""
        if self.everywhere:
            return True
        if not isinstance(on, models.Model):
            return False
        rows = type(on)._default_manager.all()
        return isinstance(rows, ScopedQuerySet) and rows.within(self).filter(pk=on.pk).exists()


EVERYWHERE = Scope(everywhere=True)
NOWHERE = Scope()


class ScopedQuerySet(models.QuerySet[M_co]):
    """Rows that know how they reach their EPCI or their commune (`within`) and which permission shows them (`sees`).

    « Which rows does the actor see? » and « may the actor do this to that row? » are both answered by `within`.
    """

    sees: ClassVar[str]

    def within(self, scope: Scope) -> Self:
        """Return the rows inside a scope that is not everywhere."""
        raise NotImplementedError

    def visible_to(self, actor: Actor) -> Self:
        """Return the rows that the actor may see; a row outside is a 404 for this actor."""
        return self.reached_with(actor, self.sees)

    def reached_with(self, actor: Actor, permission: str) -> Self:
        """Return the rows on which the actor holds this permission."""
        scope = actor.scope(permission)
        return self.all() if scope.everywhere else self.within(scope).distinct()
