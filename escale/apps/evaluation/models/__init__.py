"""Rows of the evaluation: the reports to the communes, and the evaluations of art. 6."""

from escale.apps.evaluation.models.campaigns import (
    CRITERIA,
    MOST_OF_A_SYNTHESIS,
    OPENS_BEFORE,
    REMINDS_BEFORE,
    Campaign,
    Evaluation,
)
from escale.apps.evaluation.models.following import Recommendation, Rectification
from escale.apps.evaluation.models.questionnaires import MOST_OF_AN_ANSWER, Choice, Questionnaire
from escale.apps.evaluation.models.reports import PREPARED_AFTER, SENT_AFTER, Report
from escale.apps.evaluation.models.territory import TerritoryReport

__all__ = [
    "CRITERIA",
    "MOST_OF_AN_ANSWER",
    "MOST_OF_A_SYNTHESIS",
    "OPENS_BEFORE",
    "PREPARED_AFTER",
    "REMINDS_BEFORE",
    "SENT_AFTER",
    "Campaign",
    "Choice",
    "Evaluation",
    "Questionnaire",
    "Recommendation",
    "Rectification",
    "Report",
    "TerritoryReport",
]
