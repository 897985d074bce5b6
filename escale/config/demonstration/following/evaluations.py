"""The evaluations of art. 6, each at its day: opened a month before, answered by most communes, frozen, written, validated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from django.db import transaction

from escale.apps.conventions.models import Convention
from escale.apps.evaluation.actions import (
    answer_questionnaire,
    freeze_evaluations,
    open_evaluations,
    recommend,
    validate_evaluations,
    write_synthesis,
)
from escale.apps.evaluation.freezing import texts_of
from escale.apps.evaluation.frozen import Frozen
from escale.apps.evaluation.holders import QuestionnaireHolder
from escale.apps.evaluation.models import CRITERIA, Evaluation, Questionnaire
from escale.apps.territory.clock import today
from escale.apps.territory.models import Commune, Epci
from escale.config.demonstration.actor import ACTOR
from escale.config.demonstration.circumstances import RAISMES
from escale.config.demonstration.month.days import as_if_on
from escale.core.calendar.months import Month

YEAR = 12
SILENT_EACH = 4
"""One commune out of so many does not answer."""
SAID: tuple[Mapping[str, str], ...] = (
    {"dates": "well", "premises": "well", "appointments": "mostly", "overall": "well"},
    {"dates": "well", "premises": "mostly", "appointments": "well", "overall": "well"},
    {"dates": "mostly", "premises": "well", "appointments": "poorly", "overall": "mostly"},
)
RESIDENTS = ("Les habitants demandent le prénom de la personne qui vient (démonstration).", "", "")
CHANGE = ("", "Une affiche plus grande sur la porte (démonstration).", "Prendre les rendez-vous par téléphone (démonstration).")
CONCLUSIONS = {
    "functioning": "Les demi-journées sont tenues ; les rares annulations ont été rattrapées (texte de démonstration).",
    "number": "La fréquentation est régulière ; elle baisse en août (texte de démonstration).",
    "effectiveness": "Trop tôt pour en dire plus : la confiance déclarée n’est demandée que depuis peu (texte de démonstration).",
}
"""What the Direction Stratégie adds to the sentences that are proposed for the whole territory."""


@transaction.atomic
def evaluate_the_service(epci: Epci) -> None:
    """Live every evaluation that was due up to today, once; those of this month are left to be written."""
    if Evaluation.objects.filter(epci=epci).exists():
        return
    now = today(epci)
    for day in _days(epci, now):
        with as_if_on(day):
            _validate(epci)
            open_evaluations(actor=ACTOR, epci=epci, on=day)
            _answer(epci, day, is_today=day == now)
            _freeze(epci, day)


def _days(epci: Epci, now: dt.date) -> Iterator[dt.date]:
    """Yield the first of each month since the first convention, then today."""
    began = Convention.objects.filter(epci=epci, notified_on__lte=now).order_by("notified_on").first()
    if began is None or began.notified_on is None:
        return
    for month in Month.of(began.notified_on).until(Month.of(now)):
        if began.notified_on < month.first < now:
            yield month.first
    yield now


def _answer(epci: Epci, day: dt.date, *, is_today: bool) -> None:
    """Let most communes answer; what was sent today waits."""
    rows = Questionnaire.objects.filter(evaluation__epci=epci, evaluation__frozen_at=None, answered_at=None)
    if is_today:
        rows = rows.exclude(sent_at__date=day)
    for row in rows.select_related("evaluation__epci", "commune").order_by("pk"):
        number = int(row.commune.code) + row.evaluation.rank
        if number % SILENT_EACH == 0 or day > row.evaluation.answers_until:
            continue
        said = SAID[number % len(SAID)]
        words = {"residents": RESIDENTS[number % len(RESIDENTS)], "change": CHANGE[number % len(CHANGE)]}
        answer_questionnaire(actor=QuestionnaireHolder(questionnaire=row), questionnaire=row, answers={**said, **words})


def _freeze(epci: Epci, day: dt.date) -> None:
    rows = Evaluation.objects.filter(epci=epci, frozen_at=None, due_on__lte=day).select_related("epci")
    freeze_evaluations(actor=ACTOR, evaluations=[row for row in rows.order_by("pk") if row.answers_until <= day])


def _validate(epci: Epci) -> None:
    """Write and validate what was frozen the month before."""
    rows = list(Evaluation.objects.filter(epci=epci).to_validate().select_related("epci", "convention").order_by("pk"))
    for row in rows:
        write_synthesis(actor=ACTOR, evaluation=row, texts=_texts(row))
        if row.is_of_all and row.rank == YEAR:
            _recommend(row)
    validate_evaluations(actor=ACTOR, evaluations=rows)


def _texts(row: Evaluation) -> dict[str, str]:
    """Return the proposed sentences; for the whole territory, or where there is none, with what someone concludes."""
    proposed = texts_of(Frozen.from_json(row.figures))
    return {
        name: f"{proposed[name]}\n{CONCLUSIONS[name]}".strip() if row.is_of_all or not proposed[name] else proposed[name]
        for name in CRITERIA
    }


def _recommend(row: Evaluation) -> None:
    words = "Deux demi-journées par mois à Raismes, comme sa mairie le demande (démonstration)."
    communes = Commune.objects.filter(code=RAISMES)
    recommend(actor=ACTOR, evaluation=row, words=words, articles=["4"], communes=communes)
