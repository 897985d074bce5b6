"""Every stored value of the territory has its French words."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

import pytest

from escale.apps.territory.areas import SchoolZone
from escale.apps.territory.labels import (
    APPOINTMENT_POSITIONS,
    AVENANT_RULES,
    HOLIDAY_AREAS,
    KIT_ALLOCATIONS,
    OPERATORS,
    READINGS,
    REFERENT_DUES,
    RELAY_KINDS,
    SCHOOL_ZONES,
    SIGNALS,
    SIGNATURE_LEVELS,
)
from escale.apps.territory.models.premises import Operator, Signal
from escale.apps.territory.models.reaching import RelayKind
from escale.core.booking.slots import Position
from escale.core.calendar.holidays import HolidayArea
from escale.core.convention.choices import ReferentDue, SignatureLevel
from escale.core.planning.readings import Reading
from escale.core.planning.transition import AvenantRule
from escale.core.team.equipment import KitAllocation


@pytest.mark.parametrize(
    ("labels", "values"),
    [
        (READINGS, Reading),
        (APPOINTMENT_POSITIONS, Position),
        (AVENANT_RULES, AvenantRule),
        (HOLIDAY_AREAS, HolidayArea),
        (KIT_ALLOCATIONS, KitAllocation),
        (SCHOOL_ZONES, SchoolZone),
        (OPERATORS, Operator),
        (RELAY_KINDS, RelayKind),
        (SIGNALS, Signal),
        (SIGNATURE_LEVELS, SignatureLevel),
        (REFERENT_DUES, ReferentDue),
    ],
)
def test_a_table_of_labels_is_complete(labels: Mapping[StrEnum, str], values: Iterable[StrEnum]) -> None:
    assert set(labels) == set(values)
    assert all(labels.values())
