"""How the rows of activities are cut to an actor."""

from __future__ import annotations

import datetime as dt
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

from escale.apps.audit.scopes import Scope, ScopedQuerySet

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class OfCommuneQuerySet(ScopedQuerySet[M_co]):
    """Rows that are of an EPCI and of a commune: the référent reads those of the own commune."""

    sees = "activity.see"

    def within(self, scope: Scope) -> Self:
        """Return the rows of the EPCIs of the scope, and those of its communes."""
        return self.filter(Q(epci__siren__in=scope.epcis) | Q(commune__code__in=scope.communes))

    def between(self, first: dt.date, last: dt.date) -> Self:
        """Return the rows of a period, both days included."""
        return self.filter(date__range=(first, last))


class OfTeamQuerySet(ScopedQuerySet[M_co]):
    """Rows that are of an EPCI, and no business of a commune."""

    sees = "activity.see"

    def within(self, scope: Scope) -> Self:
        """Return the rows of the EPCIs of the scope; a role in a commune alone reaches none."""
        return self.filter(mediator__epci__siren__in=scope.epcis)
