"""The people of a commune whom the service knows by name: its référents (art. 3-1) and those who hold the keys."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.territory.dated import Dated, holding
from escale.apps.territory.models.communes import Commune, communes_answered_for
from escale.apps.territory.models.premises import Premises


class ReferentQuerySet(ScopedQuerySet["Referent"]):
    """Référents, cut to an actor or a date. They have names: a reader does not see them."""

    sees = "referents.see"

    def within(self, scope: Scope) -> Self:
        """Return the référents of the communes that the scope answers for today."""
        return self.filter(commune__in=communes_answered_for(scope))

    def in_charge_on(self, day: dt.date) -> Self:
        """Return the référents in charge on a day."""
        return self.filter(holding(day))


class Referent(Dated):
    """Whom a commune named for the mediator to speak to (art. 3-1), from one date to another."""

    commune = models.ForeignKey(Commune, models.PROTECT, related_name="referents")
    first_name = models.CharField("prénom", max_length=60)
    last_name = models.CharField("nom", max_length=60)
    position = models.CharField("fonction", max_length=80, blank=True)
    email = models.EmailField("adresse électronique", blank=True)
    phone = models.CharField("téléphone", max_length=20, blank=True)

    objects = ReferentQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "référent"
        ordering = ("commune__sort_key", "starts")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="referent_is_named_since_a_day",
                condition=~Q(first_name="") & ~Q(last_name="") & Q(starts__isnull=False),
                violation_error_message="Donner le prénom, le nom et la date de désignation.",
            ),
            models.CheckConstraint(
                name="referent_can_be_reached",
                condition=~Q(email="") | ~Q(phone=""),
                violation_error_message="Donner une adresse électronique ou un téléphone.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"


class KeyHolderQuerySet(ScopedQuerySet["KeyHolder"]):
    """Key-holders, cut to an actor. They have names too."""

    sees = "referents.see"

    def within(self, scope: Scope) -> Self:
        """Return the key-holders of the communes that the scope answers for today."""
        return self.filter(premises__commune__in=communes_answered_for(scope))


class KeyHolder(models.Model):
    """One of the two people who can open a place: the first to call, then the other."""

    premises = models.ForeignKey(Premises, models.CASCADE, related_name="key_holders")
    rank = models.PositiveSmallIntegerField("ordre d’appel")
    name = models.CharField("nom", max_length=120)
    phone = models.CharField("téléphone", max_length=20)

    objects = KeyHolderQuerySet.as_manager()

    class Meta:
        verbose_name = "détenteur des clés"
        ordering = ("premises", "rank")
        constraints = [
            models.UniqueConstraint(fields=["premises", "rank"], name="one_key_holder_of_a_rank"),
            models.CheckConstraint(
                name="key_holder_is_one_of_two",
                condition=Q(rank__in=[1, 2]) & ~Q(name="") & ~Q(phone=""),
                violation_error_message="Deux personnes au plus, chacune avec son nom et son téléphone.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
