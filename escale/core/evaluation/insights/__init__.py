"""What the committee may want to talk of: plain rules over counts, each with its numbers in words, none of them a judgement."""

from escale.core.evaluation.insights.insight import Clause, Insight, Kind, Line
from escale.core.evaluation.insights.observed import Bounds, MonthRoom, Room, Seen
from escale.core.evaluation.insights.rules import TITLES, insights, rule_of

__all__ = ["TITLES", "Bounds", "Clause", "Insight", "Kind", "Line", "MonthRoom", "Room", "Seen", "insights", "rule_of"]
