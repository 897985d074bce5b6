"""The only writers of appointments, requests, offers and of what has to be told."""

from escale.apps.booking.actions.asking import ask_demande, confirm_demande, decline_demande, take_requests
from escale.apps.booking.actions.booking import book_appointment, book_demande
from escale.apps.booking.actions.changing import cancel_appointment, correct_appointment, mark_absent, mark_honoured
from escale.apps.booking.actions.forgetting import forget_contacts, forget_people
from escale.apps.booking.actions.offering import accept_offer, decline_offer, offer_slot, pass_on_offers
from escale.apps.booking.actions.office import book_at_office
from escale.apps.booking.actions.revealing import reveal_people
from escale.apps.booking.actions.sharing import share_slots
from escale.apps.booking.actions.telling import tick_telling
from escale.apps.booking.actions.transmitting import transmit_what_waits
from escale.apps.booking.actions.waiting import (
    close_demande_unmet,
    correct_demande,
    leave_demande,
    meet_demande,
    withdraw_demande,
)

__all__ = [
    "accept_offer",
    "ask_demande",
    "book_appointment",
    "book_at_office",
    "book_demande",
    "cancel_appointment",
    "close_demande_unmet",
    "confirm_demande",
    "correct_appointment",
    "correct_demande",
    "decline_demande",
    "decline_offer",
    "forget_contacts",
    "forget_people",
    "leave_demande",
    "mark_absent",
    "mark_honoured",
    "meet_demande",
    "offer_slot",
    "pass_on_offers",
    "reveal_people",
    "share_slots",
    "take_requests",
    "tick_telling",
    "transmit_what_waits",
    "withdraw_demande",
]
