"""Reports to the communes (art. 3-2): their figures as they were frozen, and what became of them."""

from __future__ import annotations

import datetime as dt
import re
import secrets
from typing import Self
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.evaluation.figures import Figures, sealed
from escale.apps.territory.models import Commune, Epci
from escale.core.calendar.periods import Period

PERIOD_FORM = re.compile(r"\d{4}(-T[1-4])?")


class ReportQuerySet(ScopedQuerySet["Report"]):
    """Reports, cut to an actor, a period or what is to be done with them."""

    sees = "reports.see"

    def within(self, scope: Scope) -> Self:
        """Return those of the EPCIs of the scope; of its communes, only those that were sent."""
        of_communes = Q(commune__code__in=scope.communes, sent_at__isnull=False)
        return self.filter(Q(epci__siren__in=scope.epcis) | of_communes)

    def current(self) -> Self:
        """Return the last writing of each: a rectification takes the place of what it puts right."""
        later = Report.objects.filter(
            epci=models.OuterRef("epci"),
            commune=models.OuterRef("commune"),
            period=models.OuterRef("period"),
            number__gt=models.OuterRef("number"),
        )
        return self.exclude(models.Exists(later))

    def waiting(self) -> Self:
        """Return those that are frozen, and neither sent nor held back."""
        return self.filter(sent_at__isnull=True, held_at__isnull=True)


def new_key() -> str:
    """Return a key that nobody guesses: 32 characters of an address."""
    return secrets.token_urlsafe(24)


class Report(models.Model):
    """What a commune is told of a quarter or a year. The figures never change: what comes later makes a rectification.

    `number` is 0 for the first writing, then that of the rectification, with its reason. A held report waits for the coordinator.
    `basis` is never shown: it holds what its tables hide, so that a later report of the year gives none of it away.
    `key` opens it without an account, to whoever the mairie shows its letter.
    """

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="reports")
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="reports")
    period = models.CharField("période", max_length=7)
    number = models.PositiveSmallIntegerField("rectification n°", default=0)
    reason = models.CharField("ce que la rectification corrige", max_length=300, blank=True)
    figures = models.JSONField("chiffres")
    basis = models.JSONField("ce dont ses tableaux sont faits", default=dict)
    sha256 = models.CharField("empreinte", max_length=64)
    method = models.CharField("version de la méthode", max_length=10)
    key = models.CharField("clé", max_length=40, unique=True, default=new_key)
    prepared_at = models.DateTimeField("préparé le")
    prepared_by = models.CharField("préparé par", max_length=80)
    held_at = models.DateTimeField("retenu le", null=True, blank=True)
    held_by = models.CharField("retenu par", max_length=80, blank=True)
    held_because = models.CharField("raison", max_length=300, blank=True)
    sent_at = models.DateTimeField("envoyé le", null=True, blank=True)
    sent_by = models.CharField("envoyé par", max_length=80, blank=True)
    sent_to = models.PositiveSmallIntegerField("adresses", default=0)
    acknowledged_at = models.DateTimeField("lu par la commune le", null=True, blank=True)
    acknowledged_by = models.CharField("lu par", max_length=80, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "rapport d’activité"
        verbose_name_plural = "rapports d’activité"
        ordering = ("-period", "commune__sort_key", "-number")
        constraints = [
            models.UniqueConstraint(fields=["epci", "commune", "period", "number"], name="one_report_of_a_period"),
            models.CheckConstraint(
                name="report_is_rectified_for_a_reason",
                condition=Q(number=0, reason="") | (Q(number__gt=0) & ~Q(reason="")),
                violation_error_message="Dire ce que la rectification corrige.",
            ),
            models.CheckConstraint(
                name="report_is_held_for_a_reason",
                condition=Q(held_at__isnull=True, held_by="", held_because="")
                | (Q(held_at__isnull=False, sent_at__isnull=True) & ~Q(held_by="") & ~Q(held_because="")),
                violation_error_message="Dire pourquoi le rapport attend.",
            ),
            models.CheckConstraint(
                name="report_is_read_once_sent", condition=Q(acknowledged_at__isnull=True) | Q(sent_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commune} {self.period}{f' ({self.number})' if self.number else ''}"

    def clean(self) -> None:
        if not PERIOD_FORM.fullmatch(self.period):
            raise ValidationError({"period": "Écrire par exemple « 2026-T3 » ou « 2026 »."})

    @property
    def span(self) -> Period:
        """The quarter or year."""
        return Period.parse(self.period)

    @property
    def contents(self) -> Figures:
        """The figures, as they were frozen."""
        return Figures.from_json(self.figures)

    @property
    def is_intact(self) -> bool:
        """Whether the figures are still those of their hash."""
        return sealed(self.figures) == self.sha256

    @property
    def leaves_on(self) -> dt.date:
        """The day on which it leaves by itself: fifteen days after the period, and never the day it was prepared.

        Article 3-2 sets no delay. A report of an older period, prepared by hand, can be read and held before it leaves.
        """
        prepared_on = timezone.localdate(self.prepared_at, ZoneInfo(self.epci.time_zone))
        return max(self.span.last + SENT_AFTER, prepared_on + dt.timedelta(days=1))


PREPARED_AFTER = dt.timedelta(days=10)
SENT_AFTER = dt.timedelta(days=15)
"""How long after its period a report is frozen, and sent: readings of « rendre compte » (art. 3-2), which sets no delay."""
