"""Every stored value has its French words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

import pytest

from escale.apps.workshops import labels
from escale.core.workshops.cycles import Rhythm
from escale.core.workshops.states import Attendance, News, RegistrationState, WorkshopState


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (labels.ATTENDANCES, Attendance),
        (labels.NEWS, News),
        (labels.REGISTRATION_STATES, RegistrationState),
        (labels.RHYTHMS, Rhythm),
        (labels.WORKSHOP_STATES, WorkshopState),
    ],
)
def test_a_table_of_labels_is_complete(words: Mapping[StrEnum, str], values: Iterable[StrEnum]) -> None:
    assert set(words) == set(values)
    assert all(words.values())
