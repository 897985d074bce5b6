"""How the demonstration keeps its word: reports to the communes, evaluations, the committee; on the days when they were due."""

from escale.config.demonstration.following.committee import gather_the_committee
from escale.config.demonstration.following.evaluations import evaluate_the_service
from escale.config.demonstration.following.reports import report_to_communes

__all__ = ["evaluate_the_service", "gather_the_committee", "report_to_communes"]
