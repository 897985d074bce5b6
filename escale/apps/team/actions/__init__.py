"""The only writers of the team: posts and people, insurance, kits, trainings, rooms, permanences."""

from escale.apps.team.actions.counting import (
    cancel_loan,
    erase_piece,
    lend_piece,
    mend_fault,
    note_used,
    report_fault,
    return_piece,
    take_inventory,
)
from escale.apps.team.actions.equipping import add_piece, change_kit, change_piece, open_kit
from escale.apps.team.actions.housing import (
    book_room,
    cancel_room,
    close_meeting_room,
    end_permanence,
    open_meeting_room,
    open_permanence,
)
from escale.apps.team.actions.insuring import record_insurance, remove_insurance
from escale.apps.team.actions.learning import (
    record_habilitation,
    record_structure_habilitation,
    record_training,
    remove_training,
)
from escale.apps.team.actions.people import add_mediator, cancel_leave, record_leave
from escale.apps.team.actions.posts import change_post, close_post, leave_post, occupy_post, open_post, set_week

__all__ = [
    "add_mediator",
    "add_piece",
    "book_room",
    "cancel_leave",
    "cancel_loan",
    "cancel_room",
    "change_kit",
    "change_piece",
    "change_post",
    "close_meeting_room",
    "close_post",
    "end_permanence",
    "erase_piece",
    "leave_post",
    "lend_piece",
    "mend_fault",
    "note_used",
    "occupy_post",
    "open_kit",
    "open_meeting_room",
    "open_permanence",
    "open_post",
    "record_habilitation",
    "record_insurance",
    "record_leave",
    "record_structure_habilitation",
    "record_training",
    "remove_insurance",
    "remove_training",
    "report_fault",
    "return_piece",
    "set_week",
    "take_inventory",
]
