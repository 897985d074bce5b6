"""The days of a permanence: a half-day of the week, every so many weeks from a first day on."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escale.core.calendar.halfdays import Window
from escale.core.team.rotation import MOST_WEEKS, Rotation

WEDNESDAY = dt.date(2026, 11, 4)
MORNING = Window.parse("WED_AM")


def turn(every: int, weeks: int = 0, last: dt.date | None = None) -> Rotation:
    return Rotation(window=MORNING, every=every, first=WEDNESDAY + dt.timedelta(weeks=weeks), last=last)


def test_every_second_wednesday_of_november() -> None:
    days = list(turn(2).days_between(dt.date(2026, 11, 5), dt.date(2026, 12, 16)))

    assert days == [dt.date(2026, 11, 18), dt.date(2026, 12, 2), dt.date(2026, 12, 16)]


def test_nothing_before_the_first_day_nor_after_the_last() -> None:
    whole = turn(1, last=dt.date(2026, 11, 11)).days_between(dt.date(2026, 1, 1), dt.date(2027, 1, 1))

    assert list(whole) == [WEDNESDAY, dt.date(2026, 11, 11)]


def test_two_turns_of_two_weeks_that_alternate_never_meet() -> None:
    assert not turn(2).meets(turn(2, weeks=1))
    assert turn(2).meets(turn(3, weeks=1))


def test_a_turn_that_is_over_meets_nothing_that_comes_later() -> None:
    assert not turn(1, last=dt.date(2026, 11, 11)).meets(turn(1, weeks=2))


@pytest.mark.parametrize("every", [0, MOST_WEEKS + 1])
def test_a_rhythm_out_of_range_is_refused(every: int) -> None:
    with pytest.raises(ValueError, match="toutes les 1 à 12 semaines"):
        turn(every)


def test_a_first_day_of_another_weekday_is_refused() -> None:
    with pytest.raises(ValueError, match="ne tombe pas le jour"):
        Rotation(window=MORNING, every=1, first=WEDNESDAY + dt.timedelta(days=1))


turns = st.builds(turn, st.integers(1, 6), st.integers(0, 12), st.none() | st.dates(WEDNESDAY, dt.date(2027, 6, 30)))


@given(turns, turns)
def test_two_turns_meet_when_and_only_when_they_share_a_day(one: Rotation, other: Rotation) -> None:
    year = (WEDNESDAY, WEDNESDAY + dt.timedelta(weeks=60))

    shared = set(one.days_between(*year)) & set(other.days_between(*year))

    assert one.meets(other) is bool(shared)
