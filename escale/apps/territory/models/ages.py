"""People of 15 and more, and of 60 and more, who live in a place: typed in, with their source and year (art. 6, E6 and E7)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

OLDEST_YEAR = 1999


class WithAges(models.Model):
    """The two counts, as a source gives them for a year; what nobody typed in is not known, and not 0."""

    population_15 = models.PositiveIntegerField("habitants de 15 ans et plus", null=True, blank=True)
    population_60 = models.PositiveIntegerField("habitants de 60 ans et plus", null=True, blank=True)
    ages_source = models.CharField("source des âges", max_length=120, blank=True)
    ages_year = models.PositiveSmallIntegerField("année des âges", null=True, blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="%(class)s_60_within_15",
                condition=Q(population_60__isnull=True)
                | Q(population_15__isnull=True)
                | Q(population_60__lte=F("population_15")),
                violation_error_message="Les habitants de 60 ans et plus ne peuvent dépasser ceux de 15 ans et plus.",
            ),
            models.CheckConstraint(
                name="%(class)s_ages_have_a_source",
                condition=Q(population_15__isnull=True, population_60__isnull=True, ages_source="", ages_year__isnull=True)
                | (
                    (Q(population_15__isnull=False) | Q(population_60__isnull=False))
                    & ~Q(ages_source="")
                    # A comparison with NULL is neither true nor false, and a check that is not false passes.
                    & Q(ages_year__isnull=False, ages_year__gte=OLDEST_YEAR)
                ),
                violation_error_message="Donner la source et l’année avec les nombres d’habitants, ou ne rien donner.",
            ),
        ]
