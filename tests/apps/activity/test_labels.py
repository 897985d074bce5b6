"""Every value of an activity has its French words."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import pytest

from escale.apps.activity import labels
from escale.core.activity import vocabulary

TABLES: dict[type[StrEnum], Mapping[Any, str]] = {
    vocabulary.ActivityKind: labels.KINDS,
    vocabulary.AgeBand: labels.AGES,
    vocabulary.Autonomy: labels.AUTONOMIES,
    vocabulary.Bound: labels.BOUNDS,
    vocabulary.Device: labels.DEVICES,
    vocabulary.Gender: labels.GENDERS,
    vocabulary.Help: labels.HELPS,
    vocabulary.IncidentKind: labels.INCIDENTS,
    vocabulary.Level: labels.LEVELS,
    vocabulary.Mandate: labels.MANDATES,
    vocabulary.Mission: labels.MISSIONS,
    vocabulary.Mode: labels.MODES,
    vocabulary.Orientation: labels.ORIENTATIONS,
    vocabulary.Place: labels.PLACES,
    vocabulary.Posture: labels.POSTURES,
    vocabulary.Procedure: labels.PROCEDURES,
    vocabulary.Public: labels.PUBLICS,
    vocabulary.Status: labels.STATUSES,
    vocabulary.TallyKind: labels.TALLIES,
    vocabulary.Theme: labels.THEMES,
}


@pytest.mark.parametrize("sort", TABLES)
def test_a_table_is_complete(sort: type[StrEnum]) -> None:
    table = TABLES[sort]

    assert list(table) == list(sort)
    assert all(table.values())


def test_every_list_has_its_table() -> None:
    lists = {value for value in vars(vocabulary).values() if isinstance(value, type) and issubclass(value, StrEnum)}

    assert lists - {StrEnum} == set(TABLES)
