"""What was tried on the planner for a proposal, kept with it: the question, its date and its answer."""

from __future__ import annotations

from typing import Any

from django.db import models

from escale.apps.committee.models.proposals import Proposal
from escale.apps.schedule.models import Question, QuestionStatus


class Trial(models.Model):
    """A change of the pattern tried for a proposal; its answer comes from the worker."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="trials")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "essai d’une proposition"
        ordering = ("-pk",)
        constraints = [models.UniqueConstraint(fields=["proposal", "question"], name="one_trial_of_a_question")]

    def __str__(self) -> str:
        return f"{self.proposal} : {self.question_id}"

    @property
    def answer(self) -> dict[str, Any]:
        """The answer, once it is there."""
        return self.question.answer if self.question.status == QuestionStatus.DONE else {}
