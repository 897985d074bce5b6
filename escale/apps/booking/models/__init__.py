"""Rows of appointments: who comes when, who waits, what was offered, who has to be told."""

from escale.apps.booking.models.appointments import Appointment, HeldSlot, SharedSlots
from escale.apps.booking.models.demandes import Demande, Offer
from escale.apps.booking.models.public import CallOnly, Quota
from escale.apps.booking.models.rights import RightsRequest
from escale.apps.booking.models.tellings import Telling

__all__ = [
    "Appointment",
    "CallOnly",
    "Demande",
    "HeldSlot",
    "Offer",
    "Quota",
    "RightsRequest",
    "SharedSlots",
    "Telling",
]
