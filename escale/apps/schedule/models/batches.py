"""Many problems planned independently, one task each: a département or a whole country."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils import timezone


class ItemState(StrEnum):
    """Where one problem of a batch is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Batch(models.Model):
    """Problems of one name, one seed and one budget; it belongs to the installation, not to an EPCI."""

    name = models.CharField("nom", max_length=200, unique=True)
    seed = models.PositiveIntegerField("graine", default=0)
    seconds = models.FloatField("secondes par problème", null=True, blank=True)
    work_per_commune = models.PositiveIntegerField("essais par commune", null=True, blank=True)
    prove = models.BooleanField("avec une borne", default=False)
    created_at = models.DateTimeField("créé le", default=timezone.now)

    class Meta:
        verbose_name = "lot"
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(name="batch_is_named", condition=~Q(name="")),
            models.CheckConstraint(
                name="batch_has_one_budget",
                condition=Q(seconds__isnull=True, work_per_commune__gte=1, work_per_commune__isnull=False)
                | Q(seconds__gt=0, seconds__isnull=False, work_per_commune__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BatchItem(models.Model):
    """One problem of a batch. Whoever takes it notes its attempt, and only the last one who took it may write the answer."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="items")
    key = models.CharField("nom du problème", max_length=200)
    problem = models.JSONField("problème")
    fingerprint = models.CharField("SHA-256 du problème", max_length=64)
    state = models.CharField("état", max_length=10, default=ItemState.QUEUED.value)
    attempt = models.PositiveSmallIntegerField("essai", default=0)
    task = models.CharField("tâche", max_length=64, blank=True)
    result: models.JSONField[Any, Any] = models.JSONField("réponse", null=True, blank=True)
    plan: models.JSONField[Any, Any] = models.JSONField("plan", null=True, blank=True)
    error = models.TextField("erreur", blank=True)

    class Meta:
        verbose_name = "problème d’un lot"
        ordering = ("batch", "key")
        constraints = [
            models.UniqueConstraint(fields=["batch", "key"], name="one_problem_of_a_key"),
            models.CheckConstraint(name="item_is_named", condition=~Q(key="")),
            models.CheckConstraint(name="item_state_is_known", condition=Q(state__in=[state.value for state in ItemState])),
            models.CheckConstraint(name="item_fingerprint", condition=Exact(Length("fingerprint"), 64)),
            models.CheckConstraint(
                name="item_done_has_a_plan",
                condition=Q(state=ItemState.DONE.value, plan__isnull=False, result__isnull=False)
                | (~Q(state=ItemState.DONE.value) & Q(plan__isnull=True, result__isnull=True)),
            ),
        ]
        indexes = [models.Index(fields=["batch", "state"], name="item_by_state")]

    def __str__(self) -> str:
        return f"{self.batch} : {self.key}"
