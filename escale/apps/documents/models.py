"""Files that are kept with their hash, batches of documents that are made in the background, and logos."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.territory.models import Commune, Epci

SHA256 = 64
LONGEST_ALTERNATIVE = 120


class FileContent(models.Model):
    """Bytes, once for each hash: what two files share is kept once."""

    sha256 = models.CharField("empreinte", max_length=SHA256, unique=True)
    content = models.BinaryField("octets")

    class Meta:
        verbose_name = "contenu de fichier"
        verbose_name_plural = "contenus de fichiers"

    def __str__(self) -> str:
        return self.sha256


class StoredFile(models.Model):
    """A file as it was given or made: its bytes never change. Who may read it follows from what it is attached to."""

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="files")
    name = models.CharField("nom", max_length=200)
    media_type = models.CharField("type", max_length=100)
    size = models.PositiveBigIntegerField("octets")
    content = models.ForeignKey(FileContent, models.PROTECT, related_name="files")
    created_at = models.DateTimeField("gardé le", default=timezone.now)
    created_by = models.CharField("gardé par", max_length=80)

    class Meta:
        verbose_name = "fichier"
        ordering = ("-created_at", "pk")
        constraints = [
            models.CheckConstraint(name="file_is_named", condition=~Q(name="") & ~Q(media_type="") & Q(size__gte=1)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def sha256(self) -> str:
        """The hash of the bytes, in hexadecimal; they are not read for it."""
        if StoredFile.content.is_cached(self):
            return self.content.sha256
        return FileContent.objects.values_list("sha256", flat=True).get(pk=self.content_id)


class BatchState(StrEnum):
    """Where a batch is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


UNDER_WAY = (BatchState.WAITING.value, BatchState.RUNNING.value)


class BatchQuerySet(ScopedQuerySet["Batch"]):
    """Batches, cut to an actor."""

    sees = "documents.batch"

    def within(self, scope: Scope) -> Self:
        """Return those of the EPCIs of the scope."""
        return self.filter(epci__siren__in=scope.epcis)

    def under_way(self) -> Self:
        """Return those that wait or run."""
        return self.filter(state__in=UNDER_WAY)


class Batch(models.Model):
    """Documents made one after the other: how far it is, what failed and why, and the archive in the end.

    `failures` is a list of {"name", "why"}; the archive goes away after some days, the line stays.
    """

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="document_batches")
    kind = models.CharField("nature", max_length=40)
    label = models.CharField("objet", max_length=200)
    wanted = models.JSONField("demande", default=dict)
    state = models.CharField("état", max_length=10, default=BatchState.WAITING.value)
    total = models.PositiveIntegerField("documents demandés")
    done = models.PositiveIntegerField("documents traités", default=0)
    attempt = models.PositiveSmallIntegerField("essai", default=0)
    failures = models.JSONField("échecs", default=list, blank=True)
    archive = models.ForeignKey(StoredFile, models.SET_NULL, null=True, blank=True, related_name="+")
    asked_by = models.CharField("demandé par", max_length=80)
    asked_at = models.DateTimeField("demandé le", default=timezone.now)
    finished_at = models.DateTimeField("fini le", null=True, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = "lot de documents"
        verbose_name_plural = "lots de documents"
        ordering = ("-asked_at", "-pk")
        constraints = [
            models.CheckConstraint(
                name="document_batch_is_known",
                condition=Q(state__in=[state.value for state in BatchState]) & ~Q(kind="") & ~Q(label=""),
            ),
            models.CheckConstraint(name="document_batch_counts", condition=Q(done__lte=F("total"))),
            models.UniqueConstraint(
                fields=["epci"],
                condition=Q(state__in=UNDER_WAY),
                name="one_document_batch_under_way",
                violation_error_message="Un lot de documents est déjà en cours ; attendre qu’il soit prêt.",
            ),
            models.CheckConstraint(
                name="document_batch_ends_with_its_date",
                condition=Q(state__in=UNDER_WAY, finished_at__isnull=True)
                | (~Q(state__in=UNDER_WAY) & Q(finished_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_under_way(self) -> bool:
        """Whether it waits or runs."""
        return self.state in UNDER_WAY


class LogoQuerySet(models.QuerySet["Logo"]):
    """Logos. Anyone sees them, on what bears them."""

    def of(self, epci: Epci, commune: Commune | None) -> Self:
        """Return that of a commune, or of the EPCI itself."""
        return self.filter(commune=commune) if commune else self.filter(epci=epci, commune=None)


class Logo(models.Model):
    """What an EPCI or a commune shows of itself on what is printed, and the words that stand for it where it is not seen."""

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="logos")
    commune = models.OneToOneField(Commune, models.PROTECT, null=True, blank=True, related_name="logo")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    alternative = models.CharField("texte de remplacement", max_length=LONGEST_ALTERNATIVE)

    objects = LogoQuerySet.as_manager()

    class Meta:
        verbose_name = "logo"
        constraints = [
            models.UniqueConstraint(fields=["epci"], condition=Q(commune=None), name="one_logo_for_each_epci"),
            models.CheckConstraint(name="logo_is_described", condition=~Q(alternative="")),
        ]

    def __str__(self) -> str:
        return self.alternative
