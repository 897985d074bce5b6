"""The states of a first-level technical urgency and the one table of what may follow what; any other step is refused (art. 4)."""

from __future__ import annotations

from enum import StrEnum


class UrgencyState(StrEnum):
    """Where an urgency is: asked, taken by someone, then settled one way or another."""

    ASKED = "asked"
    PASSED_ON = "passed_on"
    WITH_COORDINATION = "escalated"
    ANSWERED = "answered"
    SOLVED = "solved"
    TURNED_AWAY = "turned_away"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


UNANSWERED = frozenset({UrgencyState.ASKED, UrgencyState.PASSED_ON, UrgencyState.WITH_COORDINATION})
"""Those in which the commune waits for a first answer."""
OVER = frozenset({UrgencyState.TURNED_AWAY, UrgencyState.CLOSED, UrgencyState.WITHDRAWN})
"""Those that nothing follows: the commune was told, or no longer asks."""

URGENCY_STEPS: frozenset[tuple[UrgencyState, UrgencyState]] = frozenset(
    {
        (UrgencyState.ASKED, UrgencyState.PASSED_ON),
        # Nobody else is on call: what is unanswered goes straight to the coordination.
        (UrgencyState.ASKED, UrgencyState.WITH_COORDINATION),
        (UrgencyState.PASSED_ON, UrgencyState.WITH_COORDINATION),
        *((before, UrgencyState.ANSWERED) for before in UNANSWERED),
        *((before, UrgencyState.TURNED_AWAY) for before in UNANSWERED),
        *((before, UrgencyState.WITHDRAWN) for before in UNANSWERED),
        (UrgencyState.ANSWERED, UrgencyState.SOLVED),
        # Only once the telephone is off the hook does one see that it is no first-level matter.
        (UrgencyState.ANSWERED, UrgencyState.TURNED_AWAY),
        (UrgencyState.ANSWERED, UrgencyState.WITHDRAWN),
        # The same trouble is back before anyone closed it.
        (UrgencyState.SOLVED, UrgencyState.ANSWERED),
        (UrgencyState.SOLVED, UrgencyState.CLOSED),
    }
)
"""What may follow what. What is over stays over: the commune asks again."""


def allows(before: UrgencyState, after: UrgencyState) -> bool:
    """Tell whether one state may follow another."""
    return (before, after) in URGENCY_STEPS


class Matter(StrEnum):
    """What does not work."""

    PRINTER = "printer"
    NETWORK = "network"
    MAIL = "mail"
    COMPUTER = "computer"
    ACCOUNT = "account"
    OTHER = "other"


class OutOfScope(StrEnum):
    """Why a matter is none of the first level, which the convention does not define: this list is the reading of it."""

    SUPPLIER = "supplier"
    REPAIR = "repair"
    SERVER = "server"
    ATTACK = "attack"
    PURCHASE = "purchase"
    RESIDENT = "resident"
    TOO_LONG = "too_long"


class StepKind(StrEnum):
    """What happened to an urgency, each at its time."""

    ASKED = "asked"
    TOLD = "told"
    PASSED_ON = "passed_on"
    ESCALATED = "escalated"
    ANSWERED = "answered"
    SOLVED = "solved"
    TURNED_AWAY = "turned_away"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


ONCE = frozenset({StepKind.ASKED, StepKind.TOLD, StepKind.PASSED_ON, StepKind.ESCALATED})
"""What happens once to an urgency, however often the round of the minute comes by."""
