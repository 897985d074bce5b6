"""What is only counted, one person at a time, and what went wrong, told without naming anyone."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from escale.apps.activity.models.rows import OfCommuneQuerySet, OfTeamQuerySet
from escale.apps.team.models import Mediator
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.models import Visit
from escale.core.activity.vocabulary import Bound, IncidentKind, TallyKind


class TallyQuerySet(OfCommuneQuerySet["Tally"]):
    """Counts, cut to an actor, a period or a kind."""

    def of(self, kind: TallyKind) -> Self:
        """Return those of a kind."""
        return self.filter(kind=kind.value)

    def total(self) -> int:
        """Return how many people they come to."""
        found: int | None = self.aggregate(total=models.Sum("delta"))["total"]
        return found or 0


class Tally(models.Model):
    """One tap: a person more, or one less, who left without help, whose request is out of bounds, or who is noted elsewhere."""

    key = models.UUIDField("clé", unique=True)
    epci = models.ForeignKey(Epci, models.PROTECT, related_name="tallies")
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="tallies")
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="tallies", verbose_name="passage")
    mediator = models.ForeignKey(Mediator, models.PROTECT, related_name="tallies", verbose_name="médiatrice ou médiateur")
    date = models.DateField("jour")
    kind = models.CharField("sorte", max_length=20)
    reason = models.CharField("raison", max_length=20, blank=True)
    delta = models.SmallIntegerField("de plus ou de moins", default=1)
    entered_at = models.DateTimeField("noté à")

    objects = TallyQuerySet.as_manager()

    class Meta:
        verbose_name = "décompte"
        ordering = ("entered_at", "pk")
        constraints = [
            models.CheckConstraint(
                name="tally_values",
                condition=Q(delta__in=[-1, 1])
                & (
                    Q(kind=TallyKind.OUT_OF_BOUNDS.value, reason__in=[reason.value for reason in Bound])
                    | Q(kind__in=[TallyKind.LEFT.value, TallyKind.HELPED.value], reason="")
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["epci", "date"], name="tally_of_epci"),
            models.Index(fields=["commune", "date"], name="tally_of_commune"),
            models.Index(fields=["visit", "epci"], name="tally_of_visit"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.delta:+d}"


class Incident(models.Model):
    """Something went wrong: what, when, where, in a few words that name nobody and are erased after 90 days."""

    mediator = models.ForeignKey(Mediator, models.PROTECT, related_name="incidents", verbose_name="médiatrice ou médiateur")
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, blank=True, related_name="incidents", verbose_name="passage")
    kind = models.CharField("sorte", max_length=15)
    words = models.CharField("en quelques mots", max_length=200, blank=True)
    noted_at = models.DateTimeField("noté le")

    objects = OfTeamQuerySet["Incident"].as_manager()

    class Meta:
        verbose_name = "incident"
        ordering = ("-noted_at", "-pk")
        constraints = [
            models.CheckConstraint(name="incident_kind_is_known", condition=Q(kind__in=[kind.value for kind in IncidentKind])),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.noted_at:%Y-%m-%d})"
