"""Rows of activities: what was done, what was counted, what went wrong, what telephones sent, what came from La Coop."""

from escale.apps.activity.models.counted import Incident, Tally
from escale.apps.activity.models.exchanges import CoopImport, ImportState
from escale.apps.activity.models.figures import MonthFigures, TouchedMonth
from escale.apps.activity.models.records import Record
from escale.apps.activity.models.sending import ActivitySource, Conflict, Source, SyncBatch

__all__ = [
    "ActivitySource",
    "Conflict",
    "CoopImport",
    "ImportState",
    "Incident",
    "MonthFigures",
    "Record",
    "Source",
    "SyncBatch",
    "Tally",
    "TouchedMonth",
]
