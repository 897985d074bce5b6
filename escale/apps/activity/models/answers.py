"""What residents answer to the one anonymous question, counted by commune and month alone (art. 6)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from escale.apps.activity.models.rows import OfCommuneQuerySet
from escale.apps.territory.models import Commune, Epci
from escale.core.activity.vocabulary import Ease


class EaseCountQuerySet(OfCommuneQuerySet["EaseCount"]):
    """Counts of answers, cut to an actor."""


class EaseCount(models.Model):
    """How many people gave an answer in a commune in a month: no person, no half-day, no hour leads to one of them."""

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="ease_counts")
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="ease_counts")
    month = models.DateField("mois")
    answer = models.PositiveSmallIntegerField("réponse")
    count = models.PositiveIntegerField("nombre", default=0)

    objects = EaseCountQuerySet.as_manager()

    class Meta:
        verbose_name = "réponses à la question anonyme"
        verbose_name_plural = "réponses à la question anonyme"
        ordering = ("month", "commune", "answer")
        constraints = [
            models.UniqueConstraint(fields=["epci", "commune", "month", "answer"], name="one_count_of_an_answer"),
            models.CheckConstraint(
                name="ease_count_of_a_month", condition=Q(answer__in=[ease.value for ease in Ease], month__day=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} ({self.commune_id}) {self.answer}: {self.count}"


class EaseKey(models.Model):
    """That a device sent an answer, so that it is counted once: not which answer, nor where; erased 90 days after the month."""

    key = models.UUIDField("clé", primary_key=True)
    month = models.DateField("mois")

    class Meta:
        verbose_name = "réponse déjà comptée"
        verbose_name_plural = "réponses déjà comptées"

    def __str__(self) -> str:
        return f"{self.key}"
