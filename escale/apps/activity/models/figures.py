"""What was counted of a month, kept so that reports read no record; and the months in which something was written since."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from escale.apps.territory.models import Commune, Epci
from escale.core.activity.figures import NUMBERS, Figures


class MonthFigures(models.Model):
    """The counts of a civil month in one commune, in a whole EPCI (`commune` is null: the sum of its communes) or in all of them.

    They are right as long as no TouchedMonth is there for the commune and the month; read them through `activity.figures`.
    """

    epci = models.ForeignKey(Epci, models.CASCADE, null=True, blank=True, related_name="month_figures")
    commune = models.ForeignKey(Commune, models.CASCADE, null=True, blank=True, related_name="month_figures")
    month = models.DateField("mois")
    activities = models.IntegerField("activités", default=0)
    participations = models.IntegerField("accompagnements", default=0)
    by_appointment = models.IntegerField("sur rendez-vous", default=0)
    walk_in = models.IntegerField("sans rendez-vous", default=0)
    in_workshops = models.IntegerField("en atelier", default=0)
    in_support = models.IntegerField("en appui à la commune", default=0)
    minutes = models.IntegerField("minutes", default=0)
    helped_elsewhere = models.IntegerField("notées dans La Coop", default=0)
    left = models.IntegerField("reparties sans aide", default=0)
    out_of_bounds = models.IntegerField("hors cadre", default=0)
    visits = models.IntegerField("passages notés", default=0)
    visits_in_time = models.IntegerField("passages notés à temps", default=0)
    tables = models.JSONField("répartitions", default=dict, blank=True)

    class Meta:
        verbose_name = "chiffres d’un mois"
        verbose_name_plural = "chiffres des mois"
        ordering = ("month", "commune_id")
        constraints = [
            models.UniqueConstraint(
                fields=["epci", "commune", "month"], condition=Q(commune__isnull=False), name="figures_of_a_commune"
            ),
            models.UniqueConstraint(fields=["epci", "month"], condition=Q(commune__isnull=True), name="figures_of_an_epci"),
            models.UniqueConstraint(fields=["month"], condition=Q(epci__isnull=True), name="figures_of_all"),
            models.CheckConstraint(
                name="figures_of_a_commune_have_an_epci", condition=Q(epci__isnull=False) | Q(commune__isnull=True)
            ),
            models.CheckConstraint(
                name="figures_add_up",
                condition=Q(participations=F("by_appointment") + F("walk_in") + F("in_workshops") + F("in_support")),
            ),
            models.CheckConstraint(name="figures_in_time", condition=Q(visits_in_time__lte=F("visits"))),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} ({self.epci_id}, {self.commune_id})"

    @property
    def figures(self) -> Figures:
        """The counts as values."""
        return Figures(**{name: getattr(self, name) for name in NUMBERS}, tables=self.tables)

    def hold(self, figures: Figures) -> None:
        """Take other counts."""
        for name, value in columns_of(figures).items():
            setattr(self, name, value)


class TouchedMonth(models.Model):
    """Something was written of a month in a commune: its counts are stale until they are made anew, which takes this mark away.

    Each writing leaves a mark of its own instead of a flag on the counts: nobody waits for anybody, and who makes the counts anew
    takes away those marks alone that were there before the records were read.
    """

    epci = models.ForeignKey(Epci, models.CASCADE, related_name="+")
    commune = models.ForeignKey(Commune, models.CASCADE, related_name="+")
    month = models.DateField("mois")

    class Meta:
        verbose_name = "mois à recompter"
        verbose_name_plural = "mois à recompter"
        ordering = ("pk",)
        indexes = [models.Index(fields=["epci", "month", "commune"], name="touched_month")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} ({self.commune_id})"


def columns_of(figures: Figures) -> dict[str, Any]:
    """Return counts by the names of their columns."""
    return {**{name: getattr(figures, name) for name in NUMBERS}, "tables": figures.tables}
