"""The states of a workshop and of a registration, and the tables of what may follow what; any other step is refused."""

from __future__ import annotations

from enum import StrEnum


class WorkshopState(StrEnum):
    """Where a workshop is: being prepared, open to registrations, held, or given up."""

    DRAFT = "draft"
    OPEN = "open"
    HELD = "held"
    CANCELLED = "cancelled"


COMING = frozenset({WorkshopState.DRAFT, WorkshopState.OPEN})
"""Those in which the workshop is still before us: it can be changed, moved or given up."""

STANDING = frozenset({WorkshopState.DRAFT, WorkshopState.OPEN, WorkshopState.HELD})
"""Those in which it takes the time of a mediator."""

WORKSHOP_STEPS: frozenset[tuple[WorkshopState, WorkshopState]] = frozenset(
    {
        (WorkshopState.DRAFT, WorkshopState.OPEN),
        (WorkshopState.DRAFT, WorkshopState.CANCELLED),
        (WorkshopState.OPEN, WorkshopState.HELD),
        (WorkshopState.OPEN, WorkshopState.CANCELLED),
    }
)
"""What may follow what. A workshop that was given up does not come back: another one is prepared."""


class RegistrationState(StrEnum):
    """Where someone who asked for a place is."""

    REGISTERED = "registered"
    WAITING = "waiting"
    WITHDRAWN = "withdrawn"


ASKING = frozenset({RegistrationState.REGISTERED, RegistrationState.WAITING})
"""Those who want to come."""

REGISTRATION_STEPS: frozenset[tuple[RegistrationState, RegistrationState]] = frozenset(
    {
        (RegistrationState.WAITING, RegistrationState.REGISTERED),
        (RegistrationState.WAITING, RegistrationState.WITHDRAWN),
        (RegistrationState.REGISTERED, RegistrationState.WITHDRAWN),
    }
)
"""What may follow what; whoever withdrew and comes back asks anew, and stands last."""


class Attendance(StrEnum):
    """Whether someone with a place came."""

    UNKNOWN = ""
    PRESENT = "present"
    ABSENT = "absent"


class News(StrEnum):
    """What someone whom only the mairie reaches has to learn of their workshop."""

    NONE = ""
    REGISTERED = "registered"
    REMINDED = "reminded"
    PROMOTED = "promoted"
    CHANGED = "changed"
    CANCELLED = "cancelled"
