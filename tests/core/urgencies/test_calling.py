"""Who is called first, and when the team can be reached."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escale.core.calendar.halfdays import Half, Window
from escale.core.calendar.hours import Hours
from escale.core.urgencies.calling import Calling, Place, Presence, all_in_the_field, call_order, median, nobody_is_free

TUESDAY = dt.date(2026, 11, 24)
AFTERNOONS = frozenset(Window.parse(f"{day}_PM") for day in ("TUE", "WED", "THU", "FRI"))
CALLING = Calling(
    windows=AFTERNOONS, morning=Hours.parse("09:00-12:00"), afternoon=Hours.parse("14:00-17:00"), closed=frozenset()
)


def presence(rank: int, place: Place) -> Presence:
    return Presence(rank=rank, place=place)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


@pytest.mark.parametrize("busy", [place for place in Place if place is not Place.OFFICE])
@pytest.mark.parametrize("free", [0, 1])
def test_the_one_at_the_office_is_called_first(busy: Place, free: int) -> None:
    there = [presence(rank, Place.OFFICE if rank == free else busy) for rank in (0, 1)]

    assert call_order(there, TUESDAY)[0].rank == free
    assert not all_in_the_field(there)


def test_of_two_in_halls_the_one_without_appointments_is_called_first() -> None:
    there = [presence(0, Place.APPOINTMENTS), presence(1, Place.HALL)]

    assert [each.rank for each in call_order(there, TUESDAY)] == [1, 0]
    assert all_in_the_field(there)


def test_whoever_receives_someone_at_the_office_is_not_free_nor_in_the_field() -> None:
    there = [presence(0, Place.RECEIVING), presence(1, Place.HALL)]

    assert [each.rank for each in call_order(there, TUESDAY)] == [1, 0]
    assert nobody_is_free(there)
    assert not all_in_the_field(there)


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-11-24T14:30", "2026-11-24T15:15", 45),
        ("2026-11-24T16:50", "2026-11-25T14:05", 15),
        ("2026-11-27T18:00", "2026-11-30T09:00", 0),
        ("2026-11-24T10:00", "2026-11-24T10:30", 0),
    ],
)
def test_the_hours_without_service_count_for_nothing(start: str, end: str, minutes: int) -> None:
    assert CALLING.minutes_between(at(start), at(end)) == minutes


def test_of_two_who_are_free_the_first_changes_each_week() -> None:
    there = [presence(0, Place.OFFICE), presence(1, Place.OFFICE)]

    firsts = [call_order(there, TUESDAY + dt.timedelta(weeks=week))[0].rank for week in range(4)]

    assert sorted(firsts) == [0, 0, 1, 1]
    assert firsts[0] != firsts[1]


@given(st.lists(st.sampled_from(Place), max_size=5), st.dates())
def test_everyone_there_is_called_once_and_never_a_busier_one_before(places: list[Place], day: dt.date) -> None:
    there = [presence(rank, place) for rank, place in enumerate(places)]

    order = call_order(there, day)

    assert sorted(each.rank for each in order) == list(range(len(places)))
    assert [each.place for each in order] == sorted(places)


@pytest.mark.parametrize(
    ("local", "day"),
    [
        ("2026-11-24T14:00", "2026-11-24"),
        ("2026-11-24T16:59", "2026-11-24"),
        ("2026-11-24T17:00", "2026-11-25"),
        ("2026-11-23T09:00", "2026-11-24"),
        ("2026-11-27T17:00", "2026-12-01"),
    ],
)
def test_the_next_time_on_call_is_now_or_the_next_afternoon(local: str, day: str) -> None:
    found = CALLING.at_or_after(at(local))

    assert found is not None
    assert found.day == dt.date.fromisoformat(day)
    assert found.half is Half.PM


def test_monday_is_never_on_call() -> None:
    days = {each.day.weekday() for each in CALLING.between(TUESDAY, TUESDAY + dt.timedelta(days=60))}

    assert days == {1, 2, 3, 4}


def test_a_day_without_service_is_passed_over() -> None:
    closed = Calling(windows=AFTERNOONS, morning=CALLING.morning, afternoon=CALLING.afternoon, closed=frozenset({TUESDAY}))

    found = closed.at_or_after(at("2026-11-24T15:00"))

    assert found is not None
    assert found.day == dt.date(2026, 11, 25)


def test_without_a_window_nobody_is_on_call() -> None:
    never = Calling(windows=frozenset(), morning=CALLING.morning, afternoon=CALLING.afternoon, closed=frozenset())

    assert never.at_or_after(at("2026-11-24T15:00")) is None


@pytest.mark.parametrize(("minutes", "middle"), [([], None), ([5], 5), ([9, 1], 1), ([30, 10, 20], 20)])
def test_the_middle_of_durations(minutes: list[int], middle: int | None) -> None:
    assert median(minutes) == middle
