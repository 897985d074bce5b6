"""The reminders that were given, each sent once; what was done of what is due by periods; who took part in which meeting."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.territory.models import Commune, Epci


class ReminderQuerySet(ScopedQuerySet[Any]):
    """Reminders, cut to an actor."""

    sees = "conventions.manage"

    def within(self, scope: Scope) -> Self:
        """Return those of the EPCIs of the scope."""
        return self.filter(epci__siren__in=scope.epcis)


class Reminder(models.Model):
    """Something that someone was reminded of: `key` names what and when, so that it is said once, whatever runs twice."""

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="reminders")
    key = models.CharField("clé", max_length=120)
    given_on = models.DateField("rappelé le")
    given_at = models.DateTimeField("inscrit le", default=timezone.now)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = "rappel"
        ordering = ("-given_at", "pk")
        constraints = [
            models.UniqueConstraint(fields=["epci", "key"], name="reminded_once"),
            models.CheckConstraint(name="reminder_is_named", condition=~Q(key="")),
        ]

    def __str__(self) -> str:
        return self.key


class Fulfilment(models.Model):
    """One due of an obligation was done for a commune: the report of a quarter, say. `obligation` is its key, « C-3.2-9 »."""

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="+")
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="+")
    obligation = models.CharField("obligation", max_length=10)
    span = models.CharField("période", max_length=10)
    done_on = models.DateField("fait le")

    class Meta:
        verbose_name = "obligation tenue"
        verbose_name_plural = "obligations tenues"
        ordering = ("-done_on", "pk")
        constraints = [
            models.UniqueConstraint(fields=["epci", "commune", "obligation", "span"], name="fulfilled_once"),
        ]

    def __str__(self) -> str:
        return f"{self.obligation} {self.span} ({self.commune_id})"


class Attendance(models.Model):
    """A meeting of follow-up to which a commune was invited, and whether it took part: present, or represented (art. 3-1)."""

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="+")
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="+")
    day = models.DateField("date de la réunion")
    took_part = models.BooleanField("y a pris part")

    class Meta:
        verbose_name = "participation au suivi"
        verbose_name_plural = "participations au suivi"
        ordering = ("-day", "pk")
        constraints = [models.UniqueConstraint(fields=["epci", "commune", "day"], name="attendance_told_once")]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} ({self.commune_id})"
