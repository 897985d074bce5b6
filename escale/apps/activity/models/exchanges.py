"""An import from La Coop: what is kept of its file until it is taken, and what became of it."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from escale.apps.activity.models.rows import OfTeamQuerySet
from escale.apps.team.models import Mediator


class ImportState(StrEnum):
    """Where an import is."""

    READING = "reading"
    READY = "ready"
    WRITING = "writing"
    DONE = "done"
    FAILED = "failed"


UNDER_WAY = (ImportState.READING.value, ImportState.WRITING.value)


class CoopImport(models.Model):
    """The activities that one mediator wrote in La Coop, given as a file.

    `lines` is what was kept of the file, without names or notes, and nothing once it is imported; `report` says what will be
    taken, then what was (`activity.coop.analysis.Report`).
    """

    mediator = models.ForeignKey(Mediator, models.PROTECT, related_name="coop_imports", verbose_name="médiatrice ou médiateur")
    name = models.CharField("fichier", max_length=200)
    state = models.CharField("état", max_length=10, default=ImportState.READING.value)
    lines = models.BinaryField("lignes", blank=True)
    total = models.PositiveIntegerField("activités du fichier")
    done = models.PositiveIntegerField("activités lues", default=0)
    takes_doubles = models.BooleanField("avec les doublons probables", default=False)
    report: models.JSONField[Any, Any] = models.JSONField("compte rendu", default=dict, blank=True)
    asked_by = models.CharField("donné par", max_length=80)
    asked_at = models.DateTimeField("donné le", default=timezone.now)
    finished_at = models.DateTimeField("fini le", null=True, blank=True)

    objects = OfTeamQuerySet["CoopImport"].as_manager()

    class Meta:
        verbose_name = "import de La Coop"
        verbose_name_plural = "imports de La Coop"
        ordering = ("-asked_at", "-pk")
        constraints = [
            models.CheckConstraint(
                name="coop_import_state",
                condition=Q(state__in=[state.value for state in ImportState]) & Q(done__lte=F("total")) & ~Q(name=""),
            ),
            models.CheckConstraint(
                name="coop_import_ends_with_its_date",
                condition=Q(state=ImportState.DONE.value, finished_at__isnull=False)
                | (~Q(state=ImportState.DONE.value) & Q(finished_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_under_way(self) -> bool:
        """Whether it is being read or written."""
        return self.state in UNDER_WAY

    @property
    def may_be_taken(self) -> bool:
        """Whether it waits for someone who confirms it."""
        return self.state == ImportState.READY
