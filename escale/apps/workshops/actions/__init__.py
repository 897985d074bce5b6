"""What is done to workshops: prepared, opened, changed, given up, held; people registered, withdrawn, told, forgotten."""

from escale.apps.workshops.actions.forgetting import forget_contacts, forget_people
from escale.apps.workshops.actions.holding import Attended, hold_workshop, mark_attendance
from escale.apps.workshops.actions.preparing import Prepared, change_workshop, prepare_cycle, prepare_workshop
from escale.apps.workshops.actions.registering import Attendee, correct_registration, register_person, withdraw_person
from escale.apps.workshops.actions.stepping import cancel_workshop, open_cycle, open_workshop
from escale.apps.workshops.actions.telling import mark_told

__all__ = [
    "Attended",
    "Attendee",
    "Prepared",
    "cancel_workshop",
    "change_workshop",
    "correct_registration",
    "forget_contacts",
    "forget_people",
    "hold_workshop",
    "mark_attendance",
    "mark_told",
    "open_cycle",
    "open_workshop",
    "prepare_cycle",
    "prepare_workshop",
    "register_person",
    "withdraw_person",
]
