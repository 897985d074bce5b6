"""The only writers of the planning: agreed days, searches asked for and performed, batches."""

from escale.apps.schedule.actions.agreeing import annex_pattern, withdraw_pattern
from escale.apps.schedule.actions.requests import plan_year, request_run, stop_run

__all__ = ["annex_pattern", "plan_year", "request_run", "stop_run", "withdraw_pattern"]
