"""What follows an evaluation (art. 6): what it recommends, and what is put right beside it."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.conventions.holding import AppendOnly
from escale.apps.conventions.models import Avenant
from escale.apps.evaluation.figures import sealed
from escale.apps.evaluation.models.campaigns import Evaluation
from escale.apps.territory.models import Commune


class RecommendationQuerySet(ScopedQuerySet["Recommendation"]):
    """Recommendations, cut to an actor."""

    sees = "evaluations.see"

    def within(self, scope: Scope) -> Self:
        """Return those of the EPCIs of the scope."""
        return self.filter(evaluation__epci__siren__in=scope.epcis)


class Recommendation(models.Model):
    """What an evaluation recommends on some articles for some communes; `avenants` were opened from it (art. 6, 8)."""

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="recommendations")
    order = models.PositiveSmallIntegerField("numéro")
    words = models.CharField("recommandation", max_length=400)
    articles = models.JSONField("articles concernés", default=list)
    communes = models.ManyToManyField(Commune, related_name="recommendations")
    avenants = models.ManyToManyField(Avenant, related_name="recommendations", blank=True)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        verbose_name = "recommandation"
        ordering = ("evaluation", "order")
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "order"], name="one_recommendation_a_number"),
            models.CheckConstraint(name="recommendation_says_something", condition=Q(order__gte=1) & ~Q(words="")),
        ]

    def __str__(self) -> str:
        return f"Recommandation n° {self.order}"


class Rectification(models.Model):
    """What was put right after a validation: the figures counted anew, beside the frozen ones, which stay as they are."""

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="rectifications")
    order = models.PositiveSmallIntegerField("numéro")
    reason = models.CharField("ce que le rectificatif corrige", max_length=300)
    figures = models.JSONField("chiffres")
    sha256 = models.CharField("empreinte", max_length=64)
    method = models.CharField("version de la méthode", max_length=10)
    made_at = models.DateTimeField("fait le")
    made_by = models.CharField("fait par", max_length=80)

    class Meta:
        verbose_name = "rectificatif"
        ordering = ("evaluation", "order")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["evaluation", "order"], name="one_rectification_a_number"),
            models.CheckConstraint(name="rectification_has_a_reason", condition=Q(order__gte=1) & ~Q(reason="")),
            AppendOnly(
                name="rectification_is_final", violation_error_message="Un rectificatif ne change plus ; en faire un autre."
            ),
        ]

    def __str__(self) -> str:
        return f"Rectificatif n° {self.order}"

    @property
    def is_intact(self) -> bool:
        """Whether the figures are still those of their hash."""
        return sealed(self.figures) == self.sha256
