"""How the rows of a team are cut to an actor or a date."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self, TypeVar

from django.db import models

from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.territory.dated import holding, meeting

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class TeamQuerySet(ScopedQuerySet[M_co]):
    """Rows of a team; `to_epci` is the path from them to their EPCI."""

    sees = "team.see"
    to_epci: ClassVar[str]

    def within(self, scope: Scope) -> Self:
        """Return the rows of the EPCIs of the scope; a role in a commune alone reaches none."""
        return self.filter(**{f"{self.to_epci}__siren__in": scope.epcis})

    def on(self, day: dt.date) -> Self:
        """Return the dated rows that hold on a day."""
        return self.filter(holding(day))

    def between(self, first: dt.date, last: dt.date) -> Self:
        """Return the dated rows that hold on at least one day of a period."""
        return self.filter(meeting(first, last))
