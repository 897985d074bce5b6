"""The only writers of activities: records, taps, incidents, what is counted of them by month, and what is forgotten."""

from escale.apps.activity.actions.asking import count_ease
from escale.apps.activity.actions.choosing import choose_source, settle_conflict
from escale.apps.activity.actions.counting import note_incident, tally
from escale.apps.activity.actions.exchanging import drop_coop_import, give_coop_file, take_coop_import
from escale.apps.activity.actions.figuring import refresh_figures, refresh_month, touch_everything
from escale.apps.activity.actions.forgetting import forget_device_notes, forget_links
from escale.apps.activity.actions.helping import ask_for_help
from escale.apps.activity.actions.logging import RecordConflict, correct_record, log_record, remove_record

__all__ = [
    "RecordConflict",
    "ask_for_help",
    "choose_source",
    "correct_record",
    "count_ease",
    "drop_coop_import",
    "forget_device_notes",
    "forget_links",
    "give_coop_file",
    "log_record",
    "note_incident",
    "refresh_figures",
    "refresh_month",
    "remove_record",
    "settle_conflict",
    "take_coop_import",
    "tally",
    "touch_everything",
]
