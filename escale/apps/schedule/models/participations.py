"""Which communes are planned, from when to when, and whether that is certain."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.territory.dated import Dated, meeting
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.overlap import NoOverlap


class Standing(StrEnum):
    """How certain it is that a commune takes part."""

    FIRM = "firm"
    EXPECTED = "expected"


class ParticipationQuerySet(ScopedQuerySet["Participation"]):
    """Participations, cut to an actor or a period."""

    sees = "schedule.participations"

    def within(self, scope: Scope) -> Self:
        """Return those of the EPCIs of the scope: what is expected of a commune is no business of others."""
        return self.filter(epci__siren__in=scope.epcis)

    def between(self, first: dt.date, last: dt.date) -> Self:
        """Return those that hold on at least one day of a period."""
        return self.filter(meeting(first, last))

    def firm(self) -> Self:
        """Return those that are certain."""
        return self.filter(standing=Standing.FIRM.value)


class Participation(Dated):
    """A commune in the tour. While it is only expected its half-days are kept free in plans, and shown to no one outside."""

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="participations")
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="participations")
    standing = models.CharField("certitude", max_length=10, default=Standing.EXPECTED.value)

    objects = ParticipationQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "participation"
        ordering = ("commune__sort_key", "starts")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="participation_standing_is_known", condition=Q(standing__in=[standing.value for standing in Standing])
            ),
            NoOverlap(
                name="participation_once",
                fields=("commune",),
                violation_error_message="La commune participe déjà à cette période ; changer la participation qui existe.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commune} ({self.standing})"
