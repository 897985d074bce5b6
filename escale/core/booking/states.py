"""The states of an appointment and of a request, and the tables of what may follow what; any other step is refused."""

from __future__ import annotations

from enum import StrEnum


class AppointmentState(StrEnum):
    """Where an appointment is."""

    BOOKED = "booked"
    HONOURED = "honoured"
    ABSENT = "absent"
    CANCELLED = "cancelled"


class DemandeState(StrEnum):
    """Where a request is; what is unmet is counted. What the public sends waits for nothing before the mairie has read it."""

    TO_CONFIRM = "to_confirm"
    WAITING = "waiting"
    MET = "met"
    WITHDRAWN = "withdrawn"
    UNMET = "unmet"
    DECLINED = "declined"


APPOINTMENT_STEPS: frozenset[tuple[AppointmentState, AppointmentState]] = frozenset(
    {
        (AppointmentState.BOOKED, AppointmentState.HONOURED),
        (AppointmentState.BOOKED, AppointmentState.ABSENT),
        (AppointmentState.BOOKED, AppointmentState.CANCELLED),
        # A thumb slips, and people who were thought absent had called the mairie.
        (AppointmentState.HONOURED, AppointmentState.ABSENT),
        (AppointmentState.ABSENT, AppointmentState.HONOURED),
        (AppointmentState.ABSENT, AppointmentState.CANCELLED),
    }
)
"""What may follow what; a slot that was freed is not taken back, it is booked again."""

DEMANDE_STEPS: frozenset[tuple[DemandeState, DemandeState]] = frozenset(
    {
        (DemandeState.TO_CONFIRM, DemandeState.WAITING),
        (DemandeState.TO_CONFIRM, DemandeState.DECLINED),
        (DemandeState.TO_CONFIRM, DemandeState.WITHDRAWN),
        # Nobody read it for a year: it is counted as any other that was not answered.
        (DemandeState.TO_CONFIRM, DemandeState.UNMET),
        (DemandeState.WAITING, DemandeState.MET),
        (DemandeState.WAITING, DemandeState.WITHDRAWN),
        (DemandeState.WAITING, DemandeState.UNMET),
        # The appointment that met it was cancelled by the service: the person has their place in the list again.
        (DemandeState.MET, DemandeState.WAITING),
    }
)
