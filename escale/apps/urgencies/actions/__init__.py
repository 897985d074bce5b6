"""The only writers of urgencies."""

from escale.apps.urgencies.actions.answering import answer_urgency, close_urgency, solve_urgency, turn_away_urgency
from escale.apps.urgencies.actions.asking import ask_urgency, withdraw_urgency
from escale.apps.urgencies.actions.forgetting import forget_callers
from escale.apps.urgencies.actions.passing import pass_on_unanswered

__all__ = [
    "answer_urgency",
    "ask_urgency",
    "close_urgency",
    "forget_callers",
    "pass_on_unanswered",
    "solve_urgency",
    "turn_away_urgency",
    "withdraw_urgency",
]
