"""An evaluation of the whole that is open, for the routes."""

from __future__ import annotations

import datetime as dt

from escale.apps.evaluation.models import Campaign, Evaluation
from escale.apps.territory.models import Epci

MONTH = "2027-03"


def evaluation_world(epci: Epci) -> dict[str, object]:
    """What the routes of evaluations are about."""
    campaign = Campaign.objects.create(epci=epci, month=MONTH)
    days = {"anchor": dt.date(2025, 3, 17), "due_on": dt.date(2027, 3, 17), "first_month": "2026-03", "last_month": "2027-02"}
    pk = Evaluation.objects.create(epci=epci, campaign=campaign, rank=24, **days).pk
    pages = ("evaluation", "take_evaluation", "freeze_evaluation", "recommend", "rectify_evaluation", "withdraw_recommendation")
    months = ("campaign", "freeze_campaign", "remind_campaign", "validate_campaign")
    return {
        **{f"steering:{page} pk": pk for page in pages},
        **{f"steering:{page} month": MONTH for page in months},
        "steering:take_evaluation kind": "csv",
    }
