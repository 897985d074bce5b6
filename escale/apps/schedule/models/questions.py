"""Questions that the planner answers through the worker: why not another day, how to repair a published tour,
and what a change of the pattern would do to it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from escale.apps.schedule.models.inquiries import OfEpciQuerySet
from escale.apps.schedule.models.plans import Plan
from escale.apps.territory.dated import Dated
from escale.apps.territory.models import Epci


class QuestionKind(StrEnum):
    """What is asked."""

    EXPLAIN = "explain"
    REPAIR = "repair"
    TRIAL = "trial"


class QuestionStatus(StrEnum):
    """Where a question is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Question(models.Model):
    """A question about a plan in one of its versions. `asked` and `answer` are JSON objects, written by schedule.questions."""

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="questions")
    plan_version = models.PositiveIntegerField("version de la tournée")
    kind = models.CharField("question", max_length=10)
    asked: models.JSONField[Any, Any] = models.JSONField("demande")
    status = models.CharField("état", max_length=10, default=QuestionStatus.QUEUED.value)
    answer: models.JSONField[Any, Any] = models.JSONField("réponse", null=True, blank=True)
    error = models.TextField("erreur", blank=True)
    requested_by = models.CharField("demandé par", max_length=80)
    requested_at = models.DateTimeField("demandé le", default=timezone.now)
    finished_at = models.DateTimeField("fini le", null=True, blank=True)

    objects = OfEpciQuerySet.as_manager()

    class Meta:
        verbose_name = "question"
        ordering = ("-requested_at", "-pk")
        constraints = [
            models.CheckConstraint(name="question_kind_is_known", condition=Q(kind__in=[kind.value for kind in QuestionKind])),
            models.CheckConstraint(
                name="question_status_is_known", condition=Q(status__in=[status.value for status in QuestionStatus])
            ),
            models.CheckConstraint(
                name="question_done_has_an_answer", condition=~Q(status=QuestionStatus.DONE.value) | Q(answer__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.plan} ({self.status})"

    @property
    def is_under_way(self) -> bool:
        """Whether it waits or runs."""
        return self.status in {QuestionStatus.QUEUED, QuestionStatus.RUNNING}


class ReducedService(Dated):
    """A period in which the service is reduced, told in a sentence to communes and residents."""

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="reduced_services")
    sentence = models.CharField("phrase", max_length=300)
    announced_at = models.DateTimeField("annoncé le", default=timezone.now)

    objects = OfEpciQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "service réduit"
        ordering = ("-starts",)

    def __str__(self) -> str:
        return self.sentence
