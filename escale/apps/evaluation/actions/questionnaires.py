"""Ask each commune six questions before its evaluation (art. 6): sent, reminded once, answered until the figures are frozen."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.evaluation.actions.reports import addresses_of
from escale.apps.evaluation.freezing import CHOSEN
from escale.apps.evaluation.models import Evaluation, Questionnaire
from escale.apps.evaluation.questions import body_of, subject_of
from escale.apps.messaging.actions import send_message
from escale.apps.territory import clock
from escale.apps.territory.models import Commune
from escale.core.calendar.french import date_words

WRITTEN = ("residents", "change")
QUESTIONS = (*CHOSEN[:3], *WRITTEN, CHOSEN[3])
"""The six questions, in their order."""
NOTHING_SAID = "Répondre à une question au moins."


@transaction.atomic
def ask_commune(*, actor: Actor, evaluation: Evaluation, commune: Commune) -> Questionnaire:
    """Send a commune its questionnaire, to its référents and its mairie; asked again, nothing leaves."""
    require(actor, "evaluations.manage", evaluation)
    known = Questionnaire.objects.filter(evaluation=evaluation, commune=commune).first()
    if known is not None:
        return known
    row = Questionnaire(evaluation=evaluation, commune=commune, sent_at=clock.moment(evaluation.epci))
    row.full_clean()
    row.save(force_insert=True)
    row.sent_to = _write(actor, row, again=False)
    row.save(update_fields=["sent_to"])
    events.record("evaluation.asked", actor=actor, epci=evaluation.epci.siren, subject=row, addresses=row.sent_to)
    return row


@transaction.atomic
def remind_commune(*, actor: Actor, questionnaire: Questionnaire) -> int:
    """Write again to a commune that has not answered; return to how many addresses."""
    row = _locked(questionnaire)
    require(actor, "evaluations.manage", row.evaluation)
    _refuse_closed(row)
    if row.answered_at is not None:
        return 0
    reached = _write(actor, row, again=True)
    row.reminded_at, row.sent_to = clock.moment(row.evaluation.epci), max(row.sent_to, reached)
    row.save(update_fields=["reminded_at", "sent_to"])
    events.record("evaluation.reminded", actor=actor, epci=row.evaluation.epci.siren, subject=row, addresses=reached)
    return reached


@transaction.atomic
def answer_questionnaire(*, actor: Actor, questionnaire: Questionnaire, answers: Mapping[str, str]) -> Questionnaire:
    """Keep the answers of a commune, in the place of those that it gave before."""
    row = _locked(questionnaire)
    require(actor, "evaluations.answer", row)
    _refuse_closed(row)
    said = {name: answers.get(name, "").strip() for name in QUESTIONS}
    if not any(said.values()):
        raise ValidationError(NOTHING_SAID)
    for name, words in said.items():
        setattr(row, name, words)
    row.answered_at = clock.moment(row.evaluation.epci)
    row.full_clean()
    row.save(update_fields=[*QUESTIONS, "answered_at"])
    events.record("evaluation.answered", actor=actor, epci=row.evaluation.epci.siren, subject=row)
    return row


def is_open(questionnaire: Questionnaire) -> bool:
    """Tell whether answers still count: until the figures are frozen, or the last day to answer is over."""
    evaluation = questionnaire.evaluation
    return evaluation.frozen_at is None and clock.today(evaluation.epci) <= evaluation.answers_until


def _refuse_closed(row: Questionnaire) -> None:
    if not is_open(row):
        until = date_words(row.evaluation.answers_until)
        raise ValidationError(f"Ce questionnaire est clos (réponses attendues jusqu’au {until}) : les chiffres sont arrêtés.")


def _locked(questionnaire: Questionnaire) -> Questionnaire:
    rows = Questionnaire.objects.select_for_update(of=("self",)).select_related("evaluation__epci", "commune")
    return rows.get(pk=questionnaire.pk)


def _write(actor: Actor, row: Questionnaire, *, again: bool) -> int:
    """Write to those who read for a commune; an address that is none is as good as no address."""
    reached, epci = 0, row.evaluation.epci
    for address in addresses_of(epci, row.commune):
        subject, body = subject_of(row, again=again), body_of(row, again=again)
        try:
            with transaction.atomic():
                send_message(actor=actor, epci=epci, to=address, subject=subject, body=body, about=f"questionnaire:{row.pk}")
        except ValidationError:
            continue
        reached += 1
    return reached
