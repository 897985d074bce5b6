"""The only writers of activities: records, counts, incidents, and what is forgotten of them."""

from escale.apps.activity.actions.choosing import choose_source, settle_conflict
from escale.apps.activity.actions.counting import note_incident, tally
from escale.apps.activity.actions.forgetting import forget_device_notes, forget_links
from escale.apps.activity.actions.helping import ask_for_help
from escale.apps.activity.actions.logging import RecordConflict, correct_record, log_record, remove_record

__all__ = [
    "RecordConflict",
    "ask_for_help",
    "choose_source",
    "correct_record",
    "forget_device_notes",
    "forget_links",
    "log_record",
    "note_incident",
    "remove_record",
    "settle_conflict",
    "tally",
]
