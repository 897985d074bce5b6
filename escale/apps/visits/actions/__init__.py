"""The only writers of visits: what is promised, made ready, held or given up, and what one party found missing."""

from escale.apps.visits.actions.giving_up import cancel_visit, refuse_visit, waive_visit
from escale.apps.visits.actions.holding import HoldingConflict, begin_holding, close_holding, correct_holding
from escale.apps.visits.actions.moving import change_room, hand_over_visit, make_up_visit, move_visit
from escale.apps.visits.actions.points import answer_point, make_evidence, note_point, record_contact
from escale.apps.visits.actions.preparing import confirm_visit, withdraw_confirmation
from escale.apps.visits.actions.settling import Settlement, settle_months

__all__ = [
    "HoldingConflict",
    "Settlement",
    "answer_point",
    "begin_holding",
    "cancel_visit",
    "change_room",
    "close_holding",
    "confirm_visit",
    "correct_holding",
    "hand_over_visit",
    "make_evidence",
    "make_up_visit",
    "move_visit",
    "note_point",
    "record_contact",
    "refuse_visit",
    "settle_months",
    "waive_visit",
    "withdraw_confirmation",
]
