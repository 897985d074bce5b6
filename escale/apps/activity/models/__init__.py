"""Rows of activities: what was done, counted and answered, what went wrong, what telephones sent, what came from La Coop."""

from escale.apps.activity.models.answers import EaseCount, EaseKey
from escale.apps.activity.models.counted import Incident, Tally
from escale.apps.activity.models.exchanges import CoopImport, ImportState
from escale.apps.activity.models.figures import MonthFigures, TouchedMonth
from escale.apps.activity.models.records import Record
from escale.apps.activity.models.sending import ActivitySource, Conflict, Source, SyncBatch

__all__ = [
    "ActivitySource",
    "Conflict",
    "CoopImport",
    "EaseCount",
    "EaseKey",
    "ImportState",
    "Incident",
    "MonthFigures",
    "Record",
    "Source",
    "SyncBatch",
    "Tally",
    "TouchedMonth",
]
