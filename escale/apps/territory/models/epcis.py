"""The intercommunal authority that runs a service, and the choices that it makes."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.territory.models.ages import WithAges


class EpciQuerySet(ScopedQuerySet["Epci"]):
    """EPCIs, cut to those that an actor answers for."""

    sees = "territory.see"

    def within(self, scope: Scope) -> Self:
        """Return the EPCIs of the scope; a role in a commune alone reaches none."""
        return self.filter(siren__in=scope.epcis)


class Epci(WithAges):
    """An intercommunal authority: the scope of everything else."""

    siren = models.CharField("SIREN", max_length=9, unique=True)
    name = models.CharField("nom", max_length=120)
    service_name = models.CharField("nom du service pour le public", max_length=80, default="Aide numérique")
    time_zone = models.CharField("fuseau horaire", max_length=40, default="Europe/Paris")

    objects = EpciQuerySet.as_manager()

    class Meta:
        verbose_name = "EPCI"
        verbose_name_plural = "EPCI"
        ordering = ("name",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *WithAges.Meta.constraints,
            models.CheckConstraint(
                name="epci_siren_has_nine_digits",
                condition=Exact(Length("siren"), 9),
                violation_error_message="Un SIREN a neuf chiffres.",
            ),
            models.CheckConstraint(name="epci_is_named", condition=~models.Q(name="") & ~models.Q(service_name="")),
        ]

    def __str__(self) -> str:
        return self.name


class SettingQuerySet(ScopedQuerySet["Setting"]):
    """The choices of the EPCIs that an actor answers for."""

    sees = "territory.see"

    def within(self, scope: Scope) -> Self:
        """Return the choices of the EPCIs of the scope."""
        return self.filter(epci__siren__in=scope.epcis)


class Setting(models.Model):
    """A choice that differs from the one written in the catalogue; its text is read by the parameter of its key."""

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="settings")
    key = models.CharField("réglage", max_length=60)
    value = models.TextField("valeur")

    objects = SettingQuerySet.as_manager()

    class Meta:
        verbose_name = "réglage"
        ordering = ("epci", "key")
        constraints = [
            models.UniqueConstraint(fields=["epci", "key"], name="one_value_of_a_setting"),
            models.CheckConstraint(name="setting_is_written", condition=~models.Q(key="") & ~models.Q(value="")),
        ]

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"
