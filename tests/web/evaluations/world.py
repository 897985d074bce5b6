"""Two evaluations of the whole: one whose figures are frozen, and one that is open and asks Oisy its six questions."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from escale.apps.audit.actors import SYSTEM
from escale.apps.evaluation.actions import freeze_evaluations
from escale.apps.evaluation.models import Campaign, Evaluation, Questionnaire
from escale.apps.territory.models import Commune, Epci

MONTH = "2026-09"
SINCE = dt.date(2025, 3, 17)


def evaluation_of_all(epci: Epci, *, due: dt.date, months: tuple[str, str], rank: int = 12) -> Evaluation:
    """Return an evaluation of the whole, open."""
    campaign = Campaign.objects.create(epci=epci, month=f"{due:%Y-%m}")
    days = {"anchor": SINCE, "due_on": due, "first_month": months[0], "last_month": months[1]}
    return Evaluation.objects.create(epci=epci, campaign=campaign, rank=rank, **days)


def evaluation_world(epci: Epci, oisy: Commune) -> dict[str, object]:
    """What the routes of evaluations are about."""
    frozen = evaluation_of_all(epci, due=dt.date(2026, 9, 17), months=("2026-03", "2026-08"))
    freeze_evaluations(actor=SYSTEM, evaluations=[frozen])
    to_come = evaluation_of_all(epci, due=dt.date(2099, 3, 17), months=("2098-03", "2099-02"), rank=888)
    asked = Questionnaire.objects.create(evaluation=to_come, commune=oisy, sent_at=timezone.now())
    pages = ("evaluation", "take_evaluation", "freeze_evaluation", "recommend", "rectify_evaluation", "withdraw_recommendation")
    months = ("campaign", "freeze_campaign", "remind_campaign", "validate_campaign")
    return {
        **{f"steering:{page} pk": frozen.pk for page in pages},
        **{f"steering:{page} month": MONTH for page in months},
        "steering:take_evaluation kind": "csv",
        "links:questionnaire key": asked.key,
    }
