"""What a convention gives to its commune: the usual day annexed to it, and how many half-days a month (art. 4)."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q

from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.territory.models import Commune, Epci
from escale.core.calendar.halfdays import Half, Weekday, Window
from escale.core.planning.problem import Annex


class AnnexedPatternQuerySet(ScopedQuerySet["AnnexedPattern"]):
    """Agreed days, cut to an actor or a day."""

    sees = "schedule.see"

    def within(self, scope: Scope) -> Self:
        """Return the agreed days of the EPCIs of the scope, and those of its communes."""
        return self.filter(Q(epci__siren__in=scope.epcis) | Q(commune__code__in=scope.communes))

    def in_force_on(self, day: dt.date) -> Self:
        """Return, for each commune, the last one that has begun on a day."""
        begun = AnnexedPattern.objects.filter(commune=models.OuterRef("commune"), starts__lte=day).order_by("-starts")
        return self.filter(pk=models.Subquery(begun.values("pk")[:1]))


class AnnexedPattern(models.Model):
    """The n-th weekday of the month and the half-day that a convention gives to a commune from a day on (art. 4)."""

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="annexed_patterns")
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="annexed_patterns")
    nth = models.PositiveSmallIntegerField("rang dans le mois")
    weekday = models.PositiveSmallIntegerField("jour de la semaine")
    half = models.CharField("moitié de la journée", max_length=2)
    starts = models.DateField("à partir du")

    objects = AnnexedPatternQuerySet.as_manager()

    class Meta:
        verbose_name = "jour convenu"
        ordering = ("commune__sort_key", "starts")
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "starts"],
                name="one_agreed_day_at_a_time",
                violation_error_message="La commune a déjà un jour convenu à partir de cette date ; le corriger.",
            ),
            models.CheckConstraint(
                name="agreed_day_is_a_day",
                condition=Q(nth__range=(1, 5), weekday__range=(0, 6), half__in=[half.value for half in Half]),
                violation_error_message="Donner un rang de 1 à 5, un jour de la semaine et une moitié de journée.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commune} : {self.nth} {self.window}"

    @property
    def window(self) -> Window:
        """The weekday and half."""
        return Window(weekday=Weekday(self.weekday), half=Half(self.half))

    @property
    def value(self) -> Annex:
        """The day as the planner reads it."""
        return Annex(nth=self.nth, window=self.window)


class AgreedVisitsQuerySet(ScopedQuerySet["AgreedVisits"]):
    """Agreed numbers of half-days, cut to an actor or a day."""

    sees = "schedule.see"

    def within(self, scope: Scope) -> Self:
        """Return those of the EPCIs of the scope, and those of its communes."""
        return self.filter(Q(epci__siren__in=scope.epcis) | Q(commune__code__in=scope.communes))

    def begun_on(self, day: dt.date) -> Self:
        """Return those that have begun on a day, the last of each commune at the end."""
        return self.filter(starts__lte=day).order_by("commune", "starts")


class AgreedVisits(models.Model):
    """How many half-days a month a convention gives to a commune from a day on (art. 4); one, where nothing is written."""

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="agreed_visits")
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="agreed_visits")
    visits = models.PositiveSmallIntegerField("demi-journées par mois")
    starts = models.DateField("à partir du")

    objects = AgreedVisitsQuerySet.as_manager()

    class Meta:
        verbose_name = "nombre convenu de demi-journées"
        ordering = ("commune__sort_key", "starts")
        constraints = [
            models.UniqueConstraint(fields=["commune", "starts"], name="one_agreed_number_at_a_time"),
            models.CheckConstraint(name="agreed_number_is_a_number", condition=Q(visits__range=(1, 8))),
        ]

    def __str__(self) -> str:
        return f"{self.commune} : {self.visits} par mois"
