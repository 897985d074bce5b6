"""« Points à régler »: what one party found missing, what the other answers, and what the lawyer made of it."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from escale.apps.visits.models.life import OfVisitQuerySet
from escale.apps.visits.models.visit import Visit
from escale.core.visits.life import PointAnswer, PointKind, Side


class PointQuerySet(OfVisitQuerySet):
    """Points, cut to an actor or to what still waits."""

    def unanswered(self) -> Self:
        """Return those that the other party has not answered, the oldest first."""
        return self.filter(answer="").order_by("noted_at", "pk")

    def to_be_answered_by(self, side: Side) -> Self:
        """Return those that wait for the answer of one party, the oldest first."""
        other = Side.COMMUNE if side is Side.SERVICE else Side.SERVICE
        return self.unanswered().noted_by(other)

    def noted_by(self, side: Side) -> Self:
        """Return those that one party noted."""
        return self.filter(side=side.value)


class Point(models.Model):
    """Something was missing: a word between the parties, and nothing more until the lawyer makes it evidence.

    What is noted and what is answered stay side by side; neither is ever written over.
    """

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="points")
    side = models.CharField("noté par", max_length=10)
    kind = models.CharField("point", max_length=15)
    words = models.CharField("en quelques mots", max_length=200, blank=True)
    noted_by_actor = models.CharField("auteur", max_length=80)
    noted_at = models.DateTimeField("noté le")
    answer = models.CharField("réponse", max_length=10, blank=True)
    answer_words = models.CharField("réponse en quelques mots", max_length=200, blank=True)
    answered_by = models.CharField("répondu par", max_length=80, blank=True)
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)
    contact_on = models.DateField("échange amiable le", null=True, blank=True)
    contact_words = models.CharField("échange amiable", max_length=200, blank=True)
    evidence_at = models.DateTimeField("versé au dossier le", null=True, blank=True)
    evidence_by = models.CharField("versé par", max_length=80, blank=True)

    objects = PointQuerySet.as_manager()

    class Meta:
        verbose_name = "point à régler"
        verbose_name_plural = "points à régler"
        ordering = ("-noted_at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["visit", "side", "kind"], name="one_point_of_a_kind"),
            models.CheckConstraint(
                name="point_values",
                condition=Q(side__in=[side.value for side in Side])
                & Q(kind__in=[kind.value for kind in PointKind])
                & Q(answer__in=[answer.value for answer in PointAnswer]),
            ),
            models.CheckConstraint(
                name="point_answered",
                condition=Q(answer="", answered_at__isnull=True, answered_by="")
                | (~Q(answer="") & Q(answered_at__isnull=False) & ~Q(answered_by="")),
            ),
            models.CheckConstraint(
                name="point_is_evidence_after_a_word",
                condition=Q(evidence_at__isnull=True, evidence_by="")
                | (Q(evidence_at__isnull=False, contact_on__isnull=False) & ~Q(evidence_by="")),
                violation_error_message="Noter d’abord l’échange amiable avec l’autre partie, puis verser le point au dossier.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id}: {self.kind}"
