"""The only writers of the log of both parties: note an action, correct it, withdraw it."""

from escale.apps.communication.actions.communication import (
    MOST_MEDIUM_WORDS,
    Told,
    correct_communication,
    record_communication,
    withdraw_communication,
)
from escale.apps.communication.actions.coordination import (
    MOST_WHAT,
    Coordinated,
    correct_coordination,
    record_coordination,
    withdraw_coordination,
)
from escale.apps.communication.actions.keeping import MOST_WORDS

__all__ = [
    "MOST_MEDIUM_WORDS",
    "MOST_WHAT",
    "MOST_WORDS",
    "Coordinated",
    "Told",
    "correct_communication",
    "correct_coordination",
    "record_communication",
    "record_coordination",
    "withdraw_communication",
    "withdraw_coordination",
]
