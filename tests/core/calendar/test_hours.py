"""Hours of a half-day."""

import datetime as dt

import pytest

from escale.core.calendar.hours import Hours, time_words


def test_hours_are_read_as_they_are_written() -> None:
    hours = Hours.parse("08:30-11:30")

    assert str(hours) == "08:30-11:30"
    assert hours.minutes == 180


def test_hours_are_said_with_narrow_spaces() -> None:
    assert Hours.parse("08:30-12:00").words == "8\u202fh\u202f30 – 12\u202fh"
    assert time_words(dt.time(9)) == "9\u202fh"


def test_another_start_keeps_the_length() -> None:
    assert Hours.parse("09:00-12:00").starting(dt.time(8, 30)) == Hours.parse("08:30-11:30")


@pytest.mark.parametrize("text", ["", "9-12", "09:00", "25:00-26:00", "09:00-09:61", "12:00-09:00", "09:00-09:00"])
def test_a_text_that_is_no_range_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="09:00-12:00"):
        Hours.parse(text)


def test_a_half_day_cannot_run_past_midnight() -> None:
    with pytest.raises(ValueError, match="Trop tard"):
        Hours.parse("14:00-17:00").starting(dt.time(22))


def test_hours_are_split_after_some_minutes() -> None:
    walk_in, by_appointment = Hours.parse("13:30-16:30").split(120)

    assert (walk_in, by_appointment) == (Hours.parse("13:30-15:30"), Hours.parse("15:30-16:30"))
