"""The only writers of what the service tells of itself."""

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

__all__ = [
    "acknowledge_report",
    "count_again",
    "hold_report",
    "prepare_due_reports",
    "prepare_reports",
    "rectify_report",
    "release_report",
    "send_again",
    "send_due_reports",
    "send_report",
]
