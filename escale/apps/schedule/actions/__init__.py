"""The only writers of the planning: who takes part, agreed days, searches asked for and performed, batches."""

from escale.apps.schedule.actions.agreeing import agree_on_visits, annex_pattern, withdraw_pattern
from escale.apps.schedule.actions.participating import change_standings, confirm_participation, end_participation, take_part
from escale.apps.schedule.actions.requests import plan_year, request_run, stop_run

__all__ = [
    "agree_on_visits",
    "annex_pattern",
    "change_standings",
    "confirm_participation",
    "end_participation",
    "plan_year",
    "request_run",
    "stop_run",
    "take_part",
    "withdraw_pattern",
]
