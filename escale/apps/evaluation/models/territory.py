"""The report of the whole territory (art. 3-2 and 6): its figures as they were frozen, once every commune was sent its own."""

from __future__ import annotations

from typing import Self

from django.db import models

from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.evaluation.figures import Figures, sealed
from escale.apps.territory.models import Epci
from escale.core.calendar.periods import Period


class TerritoryReportQuerySet(ScopedQuerySet["TerritoryReport"]):
    """Reports of territories, cut to an actor."""

    sees = "reports.see"

    def within(self, scope: Scope) -> Self:
        """Return those of the EPCIs of the scope."""
        return self.filter(epci__siren__in=scope.epcis)


class TerritoryReport(models.Model):
    """What the communes were told of a quarter or a year, together. It never changes: what comes later is told by the year.

    `basis` holds what its tables were made of, and what two circles of readers were told: those of the report, and everyone.
    """

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="territory_reports")
    period = models.CharField("période", max_length=7)
    figures = models.JSONField("chiffres")
    basis = models.JSONField("ce dont ses tableaux sont faits")
    sha256 = models.CharField("empreinte", max_length=64)
    method = models.CharField("version de la méthode", max_length=10)
    prepared_at = models.DateTimeField("arrêté le")
    prepared_by = models.CharField("arrêté par", max_length=80)

    number, reason = 0, ""

    objects = TerritoryReportQuerySet.as_manager()

    class Meta:
        verbose_name = "rapport du territoire"
        verbose_name_plural = "rapports du territoire"
        ordering = ("-period",)
        constraints = [models.UniqueConstraint(fields=["epci", "period"], name="one_report_of_a_territory_and_period")]

    def __str__(self) -> str:
        return f"{self.epci} {self.period}"

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
