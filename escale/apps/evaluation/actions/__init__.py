"""The only writers of what the service tells of itself."""

from escale.apps.evaluation.actions.campaigns import lead_evaluations, note_drifts, open_evaluations
from escale.apps.evaluation.actions.evaluations import (
    freeze_evaluations,
    link_avenants,
    recommend,
    rectify_evaluation,
    validate_evaluations,
    withdraw_recommendation,
    write_synthesis,
)
from escale.apps.evaluation.actions.questionnaires import answer_questionnaire, ask_commune, remind_commune
from escale.apps.evaluation.actions.reports import (
    acknowledge_report,
    count_again,
    hold_report,
    prepare_due_reports,
    prepare_reports,
    rectify_report,
    release_report,
    send_again,
    send_due_reports,
    send_report,
)
from escale.apps.evaluation.actions.territory import freeze_due_territories, freeze_territory

__all__ = [
    "acknowledge_report",
    "answer_questionnaire",
    "ask_commune",
    "count_again",
    "freeze_due_territories",
    "freeze_evaluations",
    "freeze_territory",
    "hold_report",
    "lead_evaluations",
    "link_avenants",
    "note_drifts",
    "open_evaluations",
    "prepare_due_reports",
    "prepare_reports",
    "recommend",
    "rectify_evaluation",
    "rectify_report",
    "release_report",
    "remind_commune",
    "send_again",
    "send_due_reports",
    "send_report",
    "validate_evaluations",
    "withdraw_recommendation",
    "write_synthesis",
]
