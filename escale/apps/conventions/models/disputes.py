"""Disputes on a convention, step by step: amicable first, then médiation, then the court (art. 9)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from escale.apps.conventions.models.conventions import Convention


class Litige(models.Model):
    """A dispute on one convention; it may open, and go on, after the end of the convention."""

    convention = models.ForeignKey(Convention, models.PROTECT, related_name="litiges")
    subject = models.CharField("objet", max_length=200)
    opened_on = models.DateField("ouvert le")

    class Meta:
        verbose_name = "litige"
        ordering = ("opened_on", "pk")
        constraints = [models.CheckConstraint(name="dispute_has_a_subject", condition=~Q(subject=""))]

    def __str__(self) -> str:
        return f"Litige, {self.convention}"


class LitigeStep(models.Model):
    """One step of a dispute; what it leads to is in the table of the core."""

    litige = models.ForeignKey(Litige, models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField("rang")
    state = models.CharField("étape", max_length=30)
    on = models.DateField("le")
    note = models.TextField("note", blank=True)

    class Meta:
        verbose_name = "étape d’un litige"
        verbose_name_plural = "étapes d’un litige"
        ordering = ("litige", "number")
        constraints = [
            models.UniqueConstraint(fields=["litige", "number"], name="one_step_a_number"),
            models.CheckConstraint(name="step_is_named", condition=~Q(state="") & Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.state}, {self.on}"
