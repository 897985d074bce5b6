"""Every stored value has its French words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

import pytest

from escale.apps.booking import labels
from escale.apps.booking.kinds import Agent, Answer, CancelledBy, Change, Channel, Kind, Need, Obstacle, Origin, Outcome
from escale.core.booking.states import AppointmentState, DemandeState


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (labels.AGENTS, Agent),
        (labels.ANSWERS, Answer),
        (labels.APPOINTMENT_STATES, AppointmentState),
        (labels.CANCELLED_BY, CancelledBy),
        (labels.CHANGES, Change),
        (labels.CHANNELS, Channel),
        (labels.DEMANDE_STATES, DemandeState),
        (labels.KINDS, Kind),
        (labels.NEEDS, Need),
        (labels.OBSTACLES, Obstacle),
        (labels.ORIGINS, Origin),
        (labels.OUTCOMES, Outcome),
    ],
)
def test_a_table_of_labels_is_complete(words: Mapping[StrEnum, str], values: Iterable[StrEnum]) -> None:
    assert set(words) == set(values)
    assert all(words.values())
