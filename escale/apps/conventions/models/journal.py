"""The journal of each convention: what was done, in order, chained by hash; written once, kept for ever."""

from __future__ import annotations

from typing import Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.conventions.holding import AppendOnly
from escale.apps.conventions.models.conventions import SHA256, Convention


class JournalEntryQuerySet(ScopedQuerySet["JournalEntry"]):
    """Entries, cut to an actor."""

    sees = "conventions.journal"

    def within(self, scope: Scope) -> Self:
        """Return the entries of the conventions of the EPCIs of the scope."""
        return self.filter(convention__epci__siren__in=scope.epcis)


class JournalEntry(models.Model):
    """One thing done: `at` is when it was entered, `on` the civil day from which it counts. No resident is ever named here."""

    convention = models.ForeignKey(Convention, models.PROTECT, related_name="journal")
    number = models.PositiveIntegerField("rang")
    at = models.DateTimeField("inscrit le")
    on = models.DateField("date de l’événement")
    event = models.CharField("événement", max_length=80)
    actor = models.CharField("auteur", max_length=80)
    details = models.JSONField("précisions", default=dict, encoder=DjangoJSONEncoder)
    previous_sha256 = models.CharField("empreinte précédente", max_length=SHA256, blank=True)
    sha256 = models.CharField("empreinte", max_length=SHA256)

    objects = JournalEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "ligne du journal"
        verbose_name_plural = "lignes du journal"
        ordering = ("convention", "number")
        constraints = [
            models.UniqueConstraint(fields=["convention", "number"], name="one_journal_line_a_number"),
            models.UniqueConstraint(fields=["convention", "previous_sha256"], name="one_journal_line_follows_another"),
            models.CheckConstraint(
                name="journal_line_is_signed", condition=~Q(event="") & ~Q(actor="") & ~Q(sha256="") & Q(number__gte=1)
            ),
            AppendOnly(
                name="journal_is_append_only",
                violation_error_message="Le journal d’une convention ne se corrige pas : ajouter une ligne.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.event}"
