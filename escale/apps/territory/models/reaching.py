"""How a mairie is reached, and who else helps: the relays of a commune between two visits."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from django.db import models
from django.db.models import Q

from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.territory.models.communes import Commune, communes_answered_for


class OfCommuneQuerySet(ScopedQuerySet["Mairie"]):
    """What is known of mairies, cut to an actor."""

    sees = "referents.see"

    def within(self, scope: Scope) -> Self:
        """Return those of the communes that the scope answers for today."""
        return self.filter(commune__in=communes_answered_for(scope))


class Mairie(models.Model):
    """The telephone that the public calls with the hours when someone answers, and the generic address of the front desk."""

    commune = models.OneToOneField(Commune, models.CASCADE, related_name="mairie")
    email = models.EmailField("adresse électronique de l’accueil", blank=True)
    phone = models.CharField("téléphone", max_length=20, blank=True)
    phone_hours = models.CharField("heures où quelqu’un répond", max_length=120, blank=True)
    other_phone = models.CharField("numéro aux autres heures", max_length=20, blank=True)
    welcomes_neighbours = models.BooleanField("les habitants des communes voisines peuvent venir", default=True)

    objects = OfCommuneQuerySet.as_manager()

    class Meta:
        verbose_name = "mairie"
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                condition=~Q(email=""),
                name="one_mairie_of_an_address",
                violation_error_message="Une autre mairie se sert de cette adresse ; en donner une qui lui soit propre.",
            ),
        ]

    def __str__(self) -> str:
        return f"Mairie {self.commune.place_name.de}"


class RelayKind(StrEnum):
    """What a relay is."""

    FRANCE_SERVICES = "FRANCE_SERVICES"
    CCAS = "CCAS"
    MEDIATHEQUE = "MEDIATHEQUE"
    SOCIAL = "SOCIAL"
    ASSOCIATION = "ASSOCIATION"
    ADMINISTRATION = "ADMINISTRATION"
    OTHER = "OTHER"


class RelayQuerySet(ScopedQuerySet["Relay"]):
    """Relays, cut to an actor or to a commune; they are public."""

    sees = "territory.see"

    def within(self, scope: Scope) -> Self:
        """Return those of the communes that the scope answers for today."""
        return self.filter(commune__in=communes_answered_for(scope))


class Relay(models.Model):
    """Someone else who helps, in a commune: where to go meanwhile, or for what the service does not do."""

    commune = models.ForeignKey(Commune, models.CASCADE, related_name="relays")
    kind = models.CharField("type", max_length=15)
    name = models.CharField("nom", max_length=120)
    address = models.CharField("adresse", max_length=200, blank=True)
    phone = models.CharField("téléphone", max_length=20, blank=True)
    hours = models.CharField("horaires", max_length=200, blank=True)
    helps_with = models.CharField("pour quoi", max_length=200, blank=True)
    checked_on = models.DateField("vérifié le")

    objects = RelayQuerySet.as_manager()

    class Meta:
        verbose_name = "relais"
        verbose_name_plural = "relais"
        ordering = ("commune__sort_key", "kind", "name")
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "name"],
                name="one_relay_of_a_name",
                violation_error_message="Ce relais est déjà noté dans cette commune ; corriger sa fiche.",
            ),
            models.CheckConstraint(
                name="relay_is_known",
                condition=~Q(name="") & Q(kind__in=[kind.value for kind in RelayKind]) & (~Q(address="") | ~Q(phone="")),
                violation_error_message="Donner le nom du relais, et une adresse ou un téléphone.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
