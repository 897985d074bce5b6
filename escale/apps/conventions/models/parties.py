"""The two parties of a convention, and the people who sign for them."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.territory.dated import Dated
from escale.apps.territory.models import Commune, Epci
from escale.core.convention.parties import Party

PARTIES = [party.value for party in Party]


class Gender(StrEnum):
    """How what is written of a person agrees: « autorisé » or « autorisée »."""

    FEMININE = "f"
    MASCULINE = "m"


class SignatoryQuerySet(ScopedQuerySet["Signatory"]):
    """Those who sign, cut to the EPCIs and communes that an actor answers for."""

    sees = "conventions.see"

    def within(self, scope: Scope) -> Self:
        """Return the signatories of the EPCIs of the scope, and those of its communes."""
        return self.filter(Q(epci__siren__in=scope.epcis) | Q(commune__code__in=scope.communes))


class Signatory(Dated):
    """Who signs for a party while in office (for the commune its mayor, as a rule); without a commune, for the EPCI."""

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="signatories")
    commune = models.ForeignKey(Commune, models.PROTECT, null=True, blank=True, related_name="signatories")
    first_name = models.CharField("prénom", max_length=80)
    last_name = models.CharField("nom", max_length=80)
    title = models.CharField("qualité", max_length=80)
    gender = models.CharField("accord", max_length=1)

    objects = SignatoryQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "signataire"
        ordering = ("epci", "commune__sort_key", "starts")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="signatory_is_named",
                condition=~Q(first_name="") & ~Q(last_name="") & ~Q(title=""),
                violation_error_message="Donner le prénom, le nom et la qualité du signataire.",
            ),
            models.CheckConstraint(
                name="signatory_agrees",
                condition=Q(gender__in=[gender.value for gender in Gender]),
                violation_error_message="Dire si l’accord se fait au féminin ou au masculin.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}, {self.title}"

    @property
    def party(self) -> Party:
        """The party for which this person signs."""
        return Party.EPCI if self.commune_id is None else Party.COMMUNE
