"""Acts of the assemblies (councils, Bureau under its delegation, commission), and which text they authorise."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Self

from django.db import models
from django.db.models import F, Q

from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.conventions.models.avenants import Avenant
from escale.apps.conventions.models.conventions import SHA256, Convention
from escale.apps.conventions.models.parties import PARTIES
from escale.apps.territory.models import Commune, Epci
from escale.core.convention.parties import Party


class ActKind(StrEnum):
    """What an act is, and whose."""

    COMMUNE_COUNCIL = "delib_cm"
    EPCI_COUNCIL = "delib_cc"
    BUREAU = "delib_bureau"
    DELEGATION = "delegation"
    OPINION = "avis_commission"
    DIAGNOSTIC = "diagnostic"


class Outcome(StrEnum):
    """What an assembly did with what it was asked."""

    ADOPTED = "adopted"
    POSTPONED = "postponed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


AUTHORISING = {
    Party.COMMUNE: (ActKind.COMMUNE_COUNCIL,),
    Party.EPCI: (ActKind.BUREAU, ActKind.EPCI_COUNCIL),
}
"""The acts that authorise each party to sign."""


class ActQuerySet(ScopedQuerySet["Act"]):
    """Acts, cut to an actor."""

    sees = "conventions.see"

    def within(self, scope: Scope) -> Self:
        """Return the acts of the EPCIs of the scope, and those of the councils of its communes."""
        return self.filter(Q(epci__siren__in=scope.epcis) | Q(commune__code__in=scope.communes))


class Act(models.Model):
    """One act of one assembly (of a commune, else of the EPCI); its number is a text: « 23/180 »."""

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="acts")
    commune = models.ForeignKey(Commune, models.PROTECT, null=True, blank=True, related_name="acts")
    kind = models.CharField("nature", max_length=16)
    outcome = models.CharField("issue", max_length=10, default=Outcome.ADOPTED.value)
    number = models.CharField("numéro", max_length=40, blank=True)
    held_on = models.DateField("séance du")
    transmitted_on = models.DateField("transmise le", null=True, blank=True)
    receipt = models.CharField("accusé de réception", max_length=80, blank=True)
    published_on = models.DateField("publiée le", null=True, blank=True)
    next_council_on = models.DateField("prochaine séance", null=True, blank=True)
    delegation = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="acts_under_it")
    proof = models.CharField("pièce", max_length=200, blank=True)

    objects = ActQuerySet.as_manager()

    class Meta:
        verbose_name = "acte"
        ordering = ("held_on", "pk")
        constraints = [
            models.CheckConstraint(
                name="act_is_known",
                condition=Q(kind__in=[kind.value for kind in ActKind], outcome__in=[outcome.value for outcome in Outcome]),
            ),
            models.CheckConstraint(
                name="act_of_a_commune_names_it",
                condition=Q(kind=ActKind.COMMUNE_COUNCIL.value, commune__isnull=False)
                | Q(kind=ActKind.DIAGNOSTIC.value)
                | (~Q(kind=ActKind.COMMUNE_COUNCIL.value) & Q(commune__isnull=True)),
                violation_error_message="Une délibération du conseil municipal est celle d’une commune ; les autres, de l’EPCI.",
            ),
            models.CheckConstraint(
                name="act_adopted_is_numbered",
                condition=~Q(number="") | ~Q(outcome=Outcome.ADOPTED.value) | Q(kind__in=["avis_commission", "diagnostic"]),
                violation_error_message="Donner le numéro de la délibération.",
            ),
            models.CheckConstraint(
                name="act_not_adopted_waits",
                condition=Q(outcome=Outcome.ADOPTED.value, next_council_on__isnull=True)
                | (~Q(outcome=Outcome.ADOPTED.value) & Q(transmitted_on__isnull=True, published_on__isnull=True)),
                violation_error_message="Un vote reporté, refusé ou retiré n’est ni transmis ni publié.",
            ),
            models.CheckConstraint(
                name="act_goes_forward",
                condition=(Q(transmitted_on__isnull=True) | Q(transmitted_on__gte=F("held_on")))
                & (Q(published_on__isnull=True) | Q(published_on__gte=F("held_on")))
                & (Q(next_council_on__isnull=True) | Q(next_council_on__gt=F("held_on"))),
                violation_error_message="La transmission, la publication et la prochaine séance suivent la séance.",
            ),
            models.UniqueConstraint(
                fields=["epci", "kind", "number"],
                condition=Q(commune__isnull=True) & ~Q(number=""),
                name="one_act_of_an_epci_a_number",
                violation_error_message="Un acte porte déjà ce numéro ; le reprendre au lieu d’en ajouter un.",
            ),
            models.UniqueConstraint(
                fields=["commune", "kind", "number"],
                condition=Q(commune__isnull=False) & ~Q(number=""),
                name="one_act_of_a_commune_a_number",
                violation_error_message="Un acte de cette commune porte déjà ce numéro.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}".strip()

    @property
    def executory_on(self) -> dt.date | None:
        """The day on which an adopted act is executory: transmitted and published both (L. 2131-1 CGCT)."""
        if self.outcome != Outcome.ADOPTED or self.transmitted_on is None or self.published_on is None:
            return None
        return max(self.transmitted_on, self.published_on)


class Authorisation(models.Model):
    """What an act says of one text: that of a convention, or of one of its avenants, by its hash on the day of the vote."""

    act = models.ForeignKey(Act, models.PROTECT, related_name="authorisations")
    convention = models.ForeignKey(Convention, models.PROTECT, related_name="authorisations")
    avenant = models.ForeignKey(Avenant, models.PROTECT, null=True, blank=True, related_name="authorisations")
    party = models.CharField("partie", max_length=8)
    text_sha256 = models.CharField("empreinte du texte voté", max_length=SHA256)
    covers_avenants = models.BooleanField("vaut pour les avenants", default=False)

    class Meta:
        verbose_name = "autorisation"
        ordering = ("act__held_on", "pk")
        constraints = [
            models.CheckConstraint(name="authorisation_of_a_party", condition=Q(party__in=PARTIES) & ~Q(text_sha256="")),
            models.UniqueConstraint(
                fields=["act", "convention"], condition=Q(avenant__isnull=True), name="an_act_says_once_of_a_convention"
            ),
            models.UniqueConstraint(
                fields=["act", "avenant"], condition=Q(avenant__isnull=False), name="an_act_says_once_of_an_avenant"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} : {self.convention}"
