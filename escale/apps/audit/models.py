"""The audit log: one line for each thing done, without personal data, kept for as long as the installation says."""

from __future__ import annotations

from typing import Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from escale.apps.audit.scopes import Scope, ScopedQuerySet


class EntryQuerySet(ScopedQuerySet["Entry"]):
    """The log, cut to the EPCIs that a reader answers for."""

    sees = "audit.see"

    def within(self, scope: Scope) -> Self:
        """Return the entries of the EPCIs of the scope; a commune's role reads no log."""
        return self.filter(epci__in=scope.epcis)


class Entry(models.Model):
    """Who did what, to what, when. Written by `events.record` and never changed."""

    at = models.DateTimeField("date", default=timezone.now)
    event = models.CharField("événement", max_length=80)
    actor = models.CharField("auteur", max_length=80)
    epci = models.CharField("SIREN de l’EPCI", max_length=9, blank=True)
    subject_type = models.CharField("objet", max_length=80)
    subject_id = models.CharField("identifiant de l’objet", max_length=80)
    details = models.JSONField("précisions", default=dict, encoder=DjangoJSONEncoder)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "trace"
        ordering = ("-at", "-pk")
        indexes = [
            models.Index(fields=["epci", "-at"], name="entry_of_epci"),
            models.Index(fields=["subject_type", "subject_id"], name="entry_of_subject"),
            models.Index(fields=["at"], name="entry_by_age"),
        ]
        constraints = [
            models.CheckConstraint(name="entry_is_named", condition=~models.Q(event="") & ~models.Q(actor="")),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.event} {self.subject_type}:{self.subject_id}"
