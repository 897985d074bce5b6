"""« Salle de maximum huit personnes », and who works on what."""

from __future__ import annotations

import pytest

from escale.core.workshops.capacity import devices_of, most_places


def test_eight_people_may_register_unless_those_who_lead_are_counted() -> None:
    assert most_places(8, mediators=1, counts_mediators=False) == 8
    assert most_places(8, mediators=2, counts_mediators=True) == 6


def test_those_who_lead_leave_at_least_one_place() -> None:
    with pytest.raises(ValueError, match="il ne reste aucune place sur 2"):
        most_places(2, mediators=2, counts_mediators=True)


def test_whoever_brings_nothing_takes_a_laptop_of_the_kit() -> None:
    devices = devices_of([True, *[False] * 7], laptops=6)

    assert (devices.bringing, devices.without, devices.missing) == (1, 7, 1)


def test_nothing_is_missing_while_the_laptops_suffice() -> None:
    assert devices_of([False] * 6, laptops=6).missing == 0
