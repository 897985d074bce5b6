"""Rows of the evaluation: the reports to the communes."""

from escale.apps.evaluation.models.reports import PREPARED_AFTER, SENT_AFTER, Report

__all__ = ["PREPARED_AFTER", "SENT_AFTER", "Report"]
