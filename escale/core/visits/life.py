"""The states of a half-day and the one table of what may follow what; any other step is refused."""

from __future__ import annotations

from enum import StrEnum


class VisitState(StrEnum):
    """Where a half-day is: promised, made ready by the commune, held, or not held and why."""

    PLANNED = "planned"
    CONFIRMED = "confirmed"
    HELD = "held"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    WAIVED = "waived"


STANDING = frozenset({VisitState.PLANNED, VisitState.CONFIRMED, VisitState.HELD})
"""Those in which someone comes, or came."""

COMING = frozenset({VisitState.PLANNED, VisitState.CONFIRMED})
"""Those in which the half-day is still before us: it can be moved or given up."""

VISIT_STEPS: frozenset[tuple[VisitState, VisitState]] = frozenset(
    {
        (VisitState.PLANNED, VisitState.CONFIRMED),
        # What the commune prepared was for another day, or is no more.
        (VisitState.CONFIRMED, VisitState.PLANNED),
        *((before, VisitState.HELD) for before in COMING),
        *((before, after) for before in COMING for after in (VisitState.CANCELLED, VisitState.REFUSED, VisitState.WAIVED)),
    }
)
"""What may follow what. A half-day that was given up does not come back: another one makes up for it."""


class Side(StrEnum):
    """One of the two parties to the convention, as it acts on a half-day."""

    SERVICE = "service"
    COMMUNE = "commune"


class Cause(StrEnum):
    """Why a half-day is not held; an illness is no business of this product: it is an absence."""

    ABSENCE = "absence"
    VEHICLE = "vehicle"
    WEATHER = "weather"
    CLOSED = "closed"
    ROOM = "room"
    HEATING = "heating"
    POWER = "power"
    EVENT = "event"
    OTHER = "other"


def owes_by_default(state: VisitState, side: Side) -> bool:
    """Tell whether a half-day that is not held is owed again when nobody says otherwise.

    The service promises to propose one half-day a month (art. 4). What the service gives up is owed, force majeure or not; what
    the commune gives up or refuses was proposed; what both waive is not owed. This is a reading: the text says nothing of it.
    """
    return state is VisitState.CANCELLED and side is Side.SERVICE


class PointKind(StrEnum):
    """What one party found missing on the day."""

    NOT_OPENED = "not_opened"
    NOT_HEATED = "not_heated"
    NO_PRIVATE_OFFICE = "no_office"
    NO_ROOM = "no_room"
    NO_POWER = "no_power"
    NO_NETWORK = "no_network"
    NOT_CLEAN = "not_clean"
    MEDIATOR_ABSENT = "absent"
    MEDIATOR_LATE = "late"
    OTHER = "other"


OF_THE_COMMUNE = frozenset({PointKind.MEDIATOR_ABSENT, PointKind.MEDIATOR_LATE, PointKind.OTHER})
"""What a mairie notes; a mediator notes all but the first two."""
OF_THE_SERVICE = frozenset(PointKind) - {PointKind.MEDIATOR_ABSENT, PointKind.MEDIATOR_LATE}


class PointAnswer(StrEnum):
    """What the other party answered: it is put right, it agrees that it was so, or it saw it otherwise."""

    NONE = ""
    SETTLED = "settled"
    AGREED = "agreed"
    DISPUTED = "disputed"
