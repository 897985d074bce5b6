"""Days of the whole territory: those on which no hall can be had, and the school holidays of its zone."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.territory.dated import Dated, meeting
from escale.apps.territory.models.epcis import Epci


class DaysQuerySet(ScopedQuerySet[Any]):
    """Periods of an EPCI, cut to an actor or a period."""

    sees = "territory.see"

    def within(self, scope: Scope) -> Self:
        """Return those of the EPCIs of the scope."""
        return self.filter(epci__siren__in=scope.epcis)

    def between(self, first: dt.date, last: dt.date) -> Self:
        """Return those that take at least one day of a period."""
        return self.filter(meeting(first, last))


class TerritoryClosure(Dated):
    """Days on which no commune of the territory can open a hall: elections, and what else empties or takes the halls."""

    epci = models.ForeignKey(Epci, models.CASCADE, related_name="closures")
    reason = models.CharField("motif", max_length=120)

    objects = DaysQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "fermeture du territoire"
        ordering = ("starts", "reason")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="territory_closure_is_whole",
                condition=Q(starts__isnull=False) & Q(ends__isnull=False) & ~Q(reason=""),
                violation_error_message="Donner le motif, le premier et le dernier jour.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason} : {self.starts} – {self.ends}"


class SchoolHoliday(Dated):
    """School holidays of the zone of an EPCI; `source` says who gives the dates. A date here is fragile, not forbidden."""

    epci = models.ForeignKey(Epci, models.CASCADE, related_name="school_holidays")
    name = models.CharField("nom", max_length=80)
    source = models.CharField("source", max_length=120)

    objects = DaysQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "vacances scolaires"
        ordering = ("starts", "name")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="school_holiday_is_whole",
                condition=Q(starts__isnull=False) & Q(ends__isnull=False) & ~Q(name=""),
                violation_error_message="Donner le nom, le premier et le dernier jour.",
            ),
            models.UniqueConstraint(
                fields=["epci", "name", "starts"],
                name="one_school_holiday",
                violation_error_message="Ces vacances sont déjà dans la liste.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} : {self.starts} – {self.ends}"
