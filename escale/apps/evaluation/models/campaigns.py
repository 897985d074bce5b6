"""Evaluations of the service (art. 6): gathered by month, of one convention or of the whole; frozen, written, validated."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.conventions.holding import FixedOnce
from escale.apps.conventions.models import Convention
from escale.apps.evaluation.figures import sealed
from escale.apps.territory.models import Epci
from escale.core.calendar.months import Month
from escale.core.convention.evaluations import rank_words

CRITERIA = ("functioning", "number", "effectiveness")
"""The three criteria of art. 6, in its order: the columns that hold their synthesis."""
MOST_OF_A_SYNTHESIS = 4_000
OPENS_BEFORE = dt.timedelta(days=30)
"""How long before its day an evaluation opens: its questionnaires leave (art. 6 sets no delay)."""
REMINDS_BEFORE = dt.timedelta(days=10)
LEAST_TO_ANSWER = dt.timedelta(days=14)
"""How long a commune has to answer, even where the questionnaire left late."""


class CampaignQuerySet(ScopedQuerySet["Campaign"]):
    """Campaigns, cut to an actor."""

    sees = "evaluations.see"

    def within(self, scope: Scope) -> Self:
        """Return those of the EPCIs of the scope."""
        return self.filter(epci__siren__in=scope.epcis)


class Campaign(models.Model):
    """One gathering: the evaluations of an EPCI that fall due in one civil month."""

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="campaigns")
    month = models.CharField("mois", max_length=7)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = "campagne d’évaluation"
        verbose_name_plural = "campagnes d’évaluation"
        ordering = ("-month",)
        constraints = [models.UniqueConstraint(fields=["epci", "month"], name="one_campaign_a_month")]

    def __str__(self) -> str:
        return f"Évaluations de {self.month}"


class EvaluationQuerySet(ScopedQuerySet["Evaluation"]):
    """Evaluations, cut to an actor or to what is to be done with them."""

    sees = "evaluations.see"

    def within(self, scope: Scope) -> Self:
        """Return those of the EPCIs of the scope."""
        return self.filter(epci__siren__in=scope.epcis)

    def of_all(self) -> Self:
        """Return those of the whole territory."""
        return self.filter(convention=None)

    def to_validate(self) -> Self:
        """Return those that are frozen and not validated."""
        return self.filter(frozen_at__isnull=False, validated_at=None)


class Evaluation(models.Model):
    """One evaluation: of a convention, or of the whole territory where there is none. `rank` is in months after `anchor`.

    Its figures are frozen with a hash; nothing changes once it is validated. The synthesis of a convention begins as sentences
    drawn from its figures: `read_at` says that someone read them through, or wrote their own.
    """

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="evaluations")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="evaluations")
    convention = models.ForeignKey(Convention, models.PROTECT, null=True, blank=True, related_name="evaluations")
    rank = models.PositiveSmallIntegerField("rang, en mois")
    anchor = models.DateField("comptée depuis le")
    due_on = models.DateField("due le")
    first_month = models.CharField("premier mois compté", max_length=7)
    last_month = models.CharField("dernier mois compté", max_length=7)
    opened_at = models.DateTimeField("questionnaires envoyés le", null=True, blank=True)
    figures = models.JSONField("chiffres", default=dict, blank=True)
    sha256 = models.CharField("empreinte", max_length=64, blank=True)
    method = models.CharField("version de la méthode", max_length=10, blank=True)
    frozen_at = models.DateTimeField("chiffres arrêtés le", null=True, blank=True)
    frozen_by = models.CharField("chiffres arrêtés par", max_length=80, blank=True)
    functioning = models.TextField("le fonctionnement du service", max_length=MOST_OF_A_SYNTHESIS, blank=True)
    number = models.TextField("le nombre d’accompagnements", max_length=MOST_OF_A_SYNTHESIS, blank=True)
    effectiveness = models.TextField("l’efficacité", max_length=MOST_OF_A_SYNTHESIS, blank=True)
    read_at = models.DateTimeField("synthèse relue le", null=True, blank=True)
    read_by = models.CharField("synthèse relue par", max_length=80, blank=True)
    validated_at = models.DateTimeField("validée le", null=True, blank=True)
    validated_by = models.CharField("validée par", max_length=80, blank=True)
    drifted_on = models.DateField("corrections constatées le", null=True, blank=True)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = "évaluation"
        ordering = ("-due_on", F("convention__commune__sort_key").asc(nulls_first=True), "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["convention", "rank"], condition=Q(convention__isnull=False), name="one_evaluation_of_a_convention"
            ),
            models.UniqueConstraint(
                fields=["epci", "rank"], condition=Q(convention__isnull=True), name="one_evaluation_of_the_whole"
            ),
            models.CheckConstraint(
                name="evaluation_counts_its_months",
                condition=Q(rank__gte=1, first_month__lte=F("last_month"), anchor__lte=F("due_on")),
            ),
            models.CheckConstraint(
                name="evaluation_is_frozen_whole",
                condition=Q(frozen_at__isnull=True, sha256="", method="")
                | (Q(frozen_at__isnull=False) & ~Q(sha256="") & ~Q(method="")),
            ),
            models.CheckConstraint(
                name="evaluation_is_written_once_frozen",
                condition=Q(read_at__isnull=True) | Q(frozen_at__isnull=False),
                violation_error_message="Arrêter les chiffres avant d’écrire la synthèse.",
            ),
            models.CheckConstraint(
                name="evaluation_is_validated_whole",
                condition=Q(validated_at__isnull=True, validated_by="")
                | (
                    Q(validated_at__isnull=False, read_at__isnull=False)
                    & ~Q(validated_by="")
                    & ~Q(functioning="")
                    & ~Q(number="")
                    & ~Q(effectiveness="")
                ),
                violation_error_message="Une évaluation se valide quand ses trois critères sont écrits et relus (art. 6).",
            ),
            FixedOnce(
                fields=(
                    *("rank", "anchor", "due_on", "first_month", "last_month", "figures", "sha256", "method", "frozen_at"),
                    *(*CRITERIA, "read_at", "read_by", "validated_at", "validated_by"),
                ),
                known="validated_at",
                name="evaluation_is_fixed_by_validation",
                violation_error_message="Une évaluation validée ne change plus ; proposer un rectificatif.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} : évaluation {self.words}"

    @property
    def place(self) -> str:
        """The commune, or the EPCI."""
        return str(self.convention.commune) if self.convention else str(self.epci)

    @property
    def words(self) -> str:
        """« des six mois », « de la première année »."""
        return rank_words(self.rank)

    @property
    def first(self) -> Month:
        """The first month that it counts."""
        return Month.parse(self.first_month)

    @property
    def last(self) -> Month:
        """The last month that it counts."""
        return Month.parse(self.last_month)

    @property
    def is_of_all(self) -> bool:
        """Whether it looks at the whole territory."""
        return self.convention_id is None

    @property
    def is_intact(self) -> bool:
        """Whether the figures are still those of their hash."""
        return self.frozen_at is None or sealed(self.figures) == self.sha256

    @property
    def months(self) -> int:
        """How many months it counts."""
        return self.last.index - self.first.index + 1

    @property
    def follows(self) -> bool:
        """Whether another came before it: it counts the months that follow those of that one."""
        return self.first > Month.of(self.anchor)

    @property
    def answers_until(self) -> dt.date:
        """The last day on which communes may answer: its own, or two weeks after a late sending."""
        if self.opened_at is None:
            return self.due_on
        return max(self.due_on, timezone.localdate(self.opened_at, ZoneInfo(self.epci.time_zone)) + LEAST_TO_ANSWER)

    @property
    def empty_criteria(self) -> list[str]:
        """The criteria of which nothing is written."""
        return [name for name in CRITERIA if not getattr(self, name).strip()]
