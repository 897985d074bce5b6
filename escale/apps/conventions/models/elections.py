"""After elections, everyone is asked again who signs, who is the référent, and whether the delegations still hold."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from django.db import models
from django.db.models import Q

from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.territory.models import Commune, Epci


class ElectionRoundQuerySet(ScopedQuerySet["ElectionRound"]):
    """Rounds, cut to an actor."""

    sees = "conventions.see"

    def within(self, scope: Scope) -> Self:
        """Return those of the EPCIs of the scope, and those that ask its communes."""
        asked = Q(epci__memberships__commune__code__in=scope.communes)
        return self.filter(Q(epci__siren__in=scope.epcis) | asked).distinct()


class ElectionRound(models.Model):
    """The offices of an EPCI and of its communes that ended on one day, and the asking that follows."""

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="election_rounds")
    offices_end_on = models.DateField("fin des mandats")
    opened_on = models.DateField("ouverte le")
    opened_by = models.CharField("ouverte par", max_length=80)

    objects = ElectionRoundQuerySet.as_manager()

    class Meta:
        verbose_name = "campagne d’après élections"
        verbose_name_plural = "campagnes d’après élections"
        ordering = ("-offices_end_on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["epci", "offices_end_on"],
                name="one_round_a_day",
                violation_error_message="Ces mandats ont déjà été clos ; voir la campagne ouverte.",
            ),
        ]

    def __str__(self) -> str:
        return f"Après les élections, {self.offices_end_on}"


class Asked(StrEnum):
    """What a commune is asked again."""

    SIGNATORY = "signatory"
    REFERENT = "referent"


class RoundAnswer(models.Model):
    """One thing that a commune has answered; a commune that answers again changes its answer."""

    round = models.ForeignKey(ElectionRound, models.PROTECT, related_name="answers")
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="+")
    asked = models.CharField("question", max_length=10)
    answered_on = models.DateField("répondu le")
    answered_by = models.CharField("par", max_length=80)

    class Meta:
        verbose_name = "réponse d’une commune"
        verbose_name_plural = "réponses des communes"
        ordering = ("round", "commune__sort_key", "asked")
        constraints = [
            models.UniqueConstraint(fields=["round", "commune", "asked"], name="one_answer_a_question"),
            models.CheckConstraint(name="question_is_known", condition=Q(asked__in=[asked.value for asked in Asked])),
        ]

    def __str__(self) -> str:
        return f"{self.commune}, {self.asked}"
