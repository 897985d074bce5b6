"""The insurance that covers what the service does (art. 3-2), from one day to another."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from escale.apps.documents.models import StoredFile
from escale.apps.team.models.rows import TeamQuerySet
from escale.apps.territory.dated import Dated
from escale.apps.territory.models import Epci
from escale.apps.territory.overlap import NoOverlap


class InsuranceQuerySet(TeamQuerySet["Insurance"]):
    """Insurances, cut to an actor or a date."""

    sees = "obligations.see"
    to_epci = "epci"


class Insurance(Dated):
    """One policy, for as long as its attestation says; the one that follows it is another row."""

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="insurances")
    insurer = models.CharField("assureur", max_length=120)
    policy = models.CharField("numéro de contrat", max_length=60)
    attestation = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="insurance", verbose_name="attestation"
    )

    objects = InsuranceQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "assurance"
        ordering = ("-starts", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="insurance_is_whole",
                condition=Q(starts__isnull=False) & Q(ends__isnull=False) & ~Q(insurer="") & ~Q(policy=""),
                violation_error_message="Donner l’assureur, le numéro du contrat, le premier et le dernier jour couverts.",
            ),
            NoOverlap(
                fields=("epci", "policy"),
                name="one_insurance_of_a_policy",
                violation_error_message="Ce contrat est déjà enregistré à ces dates ; corriger l’une des deux périodes.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.insurer}, contrat {self.policy}"
