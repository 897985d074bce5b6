"""Who sits on the committee, for whom and for which term (art. 6)."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.territory.dated import Dated, holding
from escale.apps.territory.models import Commune, Epci


class MemberQuerySet(ScopedQuerySet["Member"]):
    """Members, cut to an actor or a day."""

    sees = "committee.see"

    def within(self, scope: Scope) -> Self:
        """Return those of the EPCIs of the scope."""
        return self.filter(epci__siren__in=scope.epcis)

    def sitting_on(self, day: dt.date) -> Self:
        """Return those whose term holds on a day."""
        return self.filter(holding(day))


class Member(Dated):
    """Someone who represents a commune, or the EPCI itself, for a term."""

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="committee_members")
    commune = models.ForeignKey(Commune, models.PROTECT, null=True, blank=True, related_name="committee_members")
    first_name = models.CharField("prénom", max_length=60)
    last_name = models.CharField("nom", max_length=60)
    function = models.CharField("fonction", max_length=120)
    email = models.EmailField("adresse électronique")

    objects = MemberQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "membre du comité"
        verbose_name_plural = "membres du comité"
        ordering = ("commune__sort_key", "last_name", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="committee_member_is_named", condition=~Q(first_name="") & ~Q(last_name="") & ~Q(email="") & ~Q(function="")
            ),
            models.UniqueConstraint(
                fields=["epci", "email"],
                condition=Q(ends__isnull=True),
                name="one_seat_of_an_address",
                violation_error_message="Cette adresse est déjà celle d’un membre en cours ; clore d’abord son mandat.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"
