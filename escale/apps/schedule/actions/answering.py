"""What a worker writes of a question: that it begins, what is answered, or why there is no answer."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, SystemActor, require
from escale.apps.schedule.models import Question, QuestionStatus

ACTOR = SystemActor(actor_id="planner")
UNDER_WAY = (QuestionStatus.QUEUED.value, QuestionStatus.RUNNING.value)
PATIENCE = dt.timedelta(minutes=10)
"""An answer takes seconds: after this long its workers are dead, and whoever waits may ask again."""


@transaction.atomic
def begin_question(*, actor: SystemActor = ACTOR, key: int) -> Question | None:
    """Take a question, for the first time or again; return nothing when it has ended."""
    question = _under_way(key)
    if question is None:
        return None
    question.status = QuestionStatus.RUNNING.value
    question.save(update_fields=["status"])
    events.record("schedule.question_begun", actor=actor, epci=question.epci.siren, subject=question)
    return question


@transaction.atomic
def finish_question(*, actor: SystemActor = ACTOR, question: Question, answer: dict[str, Any]) -> None:
    """Keep the answer, once."""
    mine = _under_way(question.pk)
    if mine is None:
        return
    mine.status, mine.finished_at, mine.answer = QuestionStatus.DONE.value, timezone.now(), answer
    mine.save(update_fields=["status", "finished_at", "answer"])
    events.record("schedule.question_answered", actor=actor, epci=mine.epci.siren, subject=mine, seconds=answer["seconds"])


@transaction.atomic
def fail_question(*, actor: SystemActor = ACTOR, question: Question, reason: str) -> None:
    """Say that there is no answer, and why."""
    mine = _under_way(question.pk)
    if mine is None:
        return
    mine.status, mine.finished_at, mine.error = QuestionStatus.FAILED.value, timezone.now(), reason
    mine.save(update_fields=["status", "finished_at", "error"])
    events.record("schedule.question_failed", actor=actor, epci=mine.epci.siren, subject=mine)


@transaction.atomic
def give_up_lost_questions(*, actor: Actor) -> int:
    """Fail the questions that nobody answers any more; return how many."""
    require(actor, "schedule.give_up", "installation")
    late = Question.objects.filter(status__in=UNDER_WAY, requested_at__lt=timezone.now() - PATIENCE)
    for question in late:
        fail_question(question=question, reason="La réponse n’est pas venue en dix minutes ; poser la question de nouveau.")
    return len(late)


def _under_way(key: int) -> Question | None:
    waiting = Question.objects.select_for_update(of=("self",)).filter(pk=key, status__in=UNDER_WAY)
    return waiting.select_related("epci", "plan").first()
