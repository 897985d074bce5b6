"""What telephones sent, two versions of one record that wait for a choice, and where a mediator writes the records."""

from __future__ import annotations

from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import Q

from escale.apps.activity.models.records import Record
from escale.apps.activity.models.rows import OfTeamQuerySet
from escale.apps.team.models import Mediator


class Source(StrEnum):
    """Where a mediator writes what was done."""

    ESCALE = "escale"
    COOP = "coop"


class ActivitySource(models.Model):
    """Where one mediator writes the records; whoever has no row writes them here. Those of La Coop only count here."""

    mediator = models.OneToOneField(Mediator, models.CASCADE, related_name="activity_source")
    source = models.CharField("fiches", max_length=10, default=Source.ESCALE.value)

    objects = OfTeamQuerySet["ActivitySource"].as_manager()

    class Meta:
        verbose_name = "source des activités"
        constraints = [
            models.CheckConstraint(name="source_is_known", condition=Q(source__in=[source.value for source in Source])),
        ]

    def __str__(self) -> str:
        return f"{self.mediator_id} ({self.source})"


class SyncBatch(models.Model):
    """One sending of a device, with both clocks and what became of it; kept 90 days."""

    key = models.UUIDField("clé", unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    received_at = models.DateTimeField("reçu le")
    device_time = models.DateTimeField("heure de l’appareil")
    items = models.PositiveIntegerField("envoyés")
    accepted = models.PositiveIntegerField("acceptés", default=0)
    duplicates = models.PositiveIntegerField("déjà reçus", default=0)
    conflicts = models.PositiveIntegerField("à choisir", default=0)
    refused = models.PositiveIntegerField("refusés", default=0)

    class Meta:
        verbose_name = "envoi d’un appareil"
        ordering = ("-received_at", "-pk")
        indexes = [models.Index(fields=["received_at"], name="sync_batch_by_age")]

    def __str__(self) -> str:
        return f"{self.key} ({self.items})"


class Conflict(models.Model):
    """Two writings of one record, made on two devices: the one that is kept, and the one that came later (`given`)."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="conflicts")
    given = models.JSONField("autre version")
    fingerprint = models.CharField("empreinte", max_length=64)
    noted_at = models.DateTimeField("reçu le")
    settled_at = models.DateTimeField("choisi le", null=True, blank=True)

    class Meta:
        verbose_name = "deux versions d’une fiche"
        ordering = ("noted_at", "pk")
        constraints = [models.UniqueConstraint(fields=["record", "fingerprint"], name="one_conflict_of_a_version")]

    def __str__(self) -> str:
        return f"{self.record_id} ({self.fingerprint[:8]})"
