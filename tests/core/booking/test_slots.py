"""The hour of appointments is cut into slots that fill it exactly, first or last in the half-day."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escale.core.booking.slots import Grid, Position, cut, divides_the_hour, free_starts, parts_of, slots_of
from escale.core.calendar.hours import Hours

AFTERNOON = Hours.parse("14:00-17:00")
HALF_HOURS = Grid(minutes=30, position=Position.LAST)


def test_the_last_hour_is_that_of_appointments() -> None:
    assert [str(part) for part in parts_of(AFTERNOON, Position.LAST)] == ["14:00-16:00", "16:00-17:00"]
    assert [str(slot.hours) for slot in slots_of(AFTERNOON, HALF_HOURS)] == ["16:00-16:30", "16:30-17:00"]


def test_the_first_hour_may_be() -> None:
    grid = Grid(minutes=20, position=Position.FIRST)

    assert [str(part) for part in parts_of(AFTERNOON, Position.FIRST)] == ["15:00-17:00", "14:00-15:00"]
    assert [str(slot.hours) for slot in slots_of(AFTERNOON, grid)] == ["14:00-14:20", "14:20-14:40", "14:40-15:00"]


@pytest.mark.parametrize("minutes", [0, 5, 7, 25, 45, 61, 120, -30])
def test_a_length_that_does_not_divide_the_hour_is_refused(minutes: int) -> None:
    with pytest.raises(ValueError, match="ne partage pas l’heure"):
        Grid(minutes=minutes, position=Position.LAST)


def test_hours_that_slots_do_not_fill_are_refused() -> None:
    with pytest.raises(ValueError, match="ne se partage pas"):
        cut(AFTERNOON, 50)


@given(
    start=st.integers(7 * 60, 18 * 60),
    minutes=st.sampled_from([length for length in range(1, 61) if divides_the_hour(length)]),
    position=st.sampled_from(Position),
)
def test_two_hours_and_the_slots_fill_the_half_day(start: int, minutes: int, position: Position) -> None:
    hours = Hours.parse("09:00-12:00").starting(dt.time(start // 60, start % 60))
    grid = Grid(minutes=minutes, position=position)

    walk_in, by_appointment = parts_of(hours, position)
    slots = slots_of(hours, grid)

    assert walk_in.minutes + sum(slot.hours.minutes for slot in slots) == hours.minutes
    assert [slot.number for slot in slots] == list(range(1, len(slots) + 1))
    assert (slots[0].hours.starts, slots[-1].hours.ends) == (by_appointment.starts, by_appointment.ends)
    assert all(before.hours.ends == after.hours.starts for before, after in pairwise(slots))


def test_two_slots_in_a_row_start_where_both_are_free() -> None:
    slots = slots_of(AFTERNOON, Grid(minutes=15, position=Position.LAST))

    assert free_starts(slots, {2}, 1) == (1, 3, 4)
    assert free_starts(slots, {2}, 2) == (3,)
    assert free_starts(slots, {1, 2, 3, 4}, 1) == ()
