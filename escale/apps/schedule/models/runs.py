"""One search for a plan: what was asked, how far it is, what came out."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils import timezone

from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.territory.models import Epci
from escale.core.calendar.months import Month
from escale.core.planning.presets import PresetName


class RunStatus(StrEnum):
    """Where a search is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


UNDER_WAY = (RunStatus.QUEUED.value, RunStatus.RUNNING.value)
WITH_PLAN = (RunStatus.DONE.value, RunStatus.STOPPED.value)


class RunQuerySet(ScopedQuerySet["Run"]):
    """Searches, cut to an actor."""

    sees = "schedule.see"

    def within(self, scope: Scope) -> Self:
        """Return the searches of the EPCIs of the scope; a role in a commune alone reaches none."""
        return self.filter(epci__siren__in=scope.epcis)

    def under_way(self) -> Self:
        """Return those that wait or run."""
        return self.filter(status__in=UNDER_WAY)

    def planned(self) -> Self:
        """Return those that ended with a plan."""
        return self.filter(plan__isnull=False)

    def latest_first(self) -> Self:
        """Return them with the last one asked for first."""
        return self.order_by("-requested_at", "-pk")


class Run(models.Model):
    """A search. The problem is kept as it was when it was asked for: the same one, seed and work give the same plan again."""

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="runs")
    first_month = models.CharField("premier mois", max_length=7)
    last_month = models.CharField("dernier mois", max_length=7)
    preset = models.CharField("choix", max_length=12, default=PresetName.BALANCED.value)
    freed = models.JSONField("communes libérées de leur jour", default=list, blank=True)
    seed = models.PositiveIntegerField("graine", default=0)
    seconds = models.PositiveIntegerField("durée, en secondes", default=60)
    problem = models.JSONField("problème")
    fingerprint = models.CharField("SHA-256 du problème", max_length=64)
    versions = models.JSONField("versions", default=dict, blank=True)
    requested_by = models.CharField("demandé par", max_length=80)
    requested_at = models.DateTimeField("demandé le", default=timezone.now)
    status = models.CharField("état", max_length=10, default=RunStatus.QUEUED.value)
    stop_requested = models.BooleanField("arrêt demandé", default=False)
    attempt = models.PositiveSmallIntegerField("essai", default=0)
    started_at = models.DateTimeField("commencé le", null=True, blank=True)
    finished_at = models.DateTimeField("fini le", null=True, blank=True)
    phase = models.CharField("phase", max_length=20, blank=True)
    share = models.FloatField("part faite", default=0)
    cost = models.FloatField("coût", null=True, blank=True)
    lower_bound = models.FloatField("borne", null=True, blank=True)
    result: models.JSONField[Any, Any] = models.JSONField("réponse", null=True, blank=True)
    plan: models.JSONField[Any, Any] = models.JSONField("plan", null=True, blank=True)
    error = models.TextField("erreur", blank=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = "recherche"
        ordering = ("-requested_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["epci", "first_month", "last_month"],
                condition=Q(status__in=UNDER_WAY),
                name="one_run_under_way",
                violation_error_message="Ces mois sont déjà en cours de planification ; attendre ou arrêter la recherche.",
            ),
            models.CheckConstraint(name="run_status_is_known", condition=Q(status__in=[status.value for status in RunStatus])),
            models.CheckConstraint(name="run_preset_is_known", condition=Q(preset__in=[name.value for name in PresetName])),
            models.CheckConstraint(name="run_months_in_order", condition=Q(first_month__lte=F("last_month"))),
            models.CheckConstraint(name="run_share", condition=Q(share__range=(0, 1))),
            models.CheckConstraint(name="run_has_time", condition=Q(seconds__gte=1)),
            models.CheckConstraint(name="run_fingerprint", condition=Exact(Length("fingerprint"), 64)),
            models.CheckConstraint(
                name="run_ends_with_its_date",
                condition=Q(status__in=UNDER_WAY, finished_at__isnull=True)
                | (~Q(status__in=UNDER_WAY) & Q(finished_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="run_done_has_a_plan",
                condition=(~Q(status=RunStatus.DONE.value) | Q(plan__isnull=False))
                & (Q(plan__isnull=True) | Q(status__in=WITH_PLAN)),
            ),
            models.CheckConstraint(
                name="run_plan_has_its_result",
                condition=Q(plan__isnull=True, result__isnull=True) | Q(plan__isnull=False, result__isnull=False),
            ),
            models.CheckConstraint(
                name="run_failure_is_told",
                condition=(Q(status=RunStatus.FAILED.value) & ~Q(error="")) | (~Q(status=RunStatus.FAILED.value) & Q(error="")),
            ),
        ]
        indexes = [models.Index(fields=["epci", "-requested_at"], name="run_of_epci")]

    def __str__(self) -> str:
        return f"{self.epci} {self.first_month}..{self.last_month} ({self.status})"

    @property
    def months(self) -> tuple[Month, ...]:
        """The months that it plans."""
        return Month.range(f"{self.first_month}..{self.last_month}")

    @property
    def is_under_way(self) -> bool:
        """Whether it waits or runs."""
        return self.status in UNDER_WAY
