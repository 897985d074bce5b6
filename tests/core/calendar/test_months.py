"""Months as values, and n-th weekdays."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escale.core.calendar.halfdays import Weekday
from escale.core.calendar.months import Month, nth_of_month, nth_weekday

DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2150, 12, 31))


@given(DAYS)
def test_a_day_lies_in_its_month_and_in_no_neighbour(day: dt.date) -> None:
    month = Month.of(day)

    assert month.first <= day <= month.last
    assert month.next.first == month.last + dt.timedelta(days=1)
    assert month.next.previous == month
    assert month.next.index - month.index == 1


@given(DAYS)
def test_a_month_is_read_as_it_is_written(day: dt.date) -> None:
    assert Month.parse(str(Month.of(day))) == Month.of(day)


@given(DAYS)
def test_a_day_is_found_again_by_its_rank_and_its_weekday(day: dt.date) -> None:
    assert nth_weekday(Month.of(day), nth_of_month(day), Weekday(day.weekday())) == day


@given(DAYS, st.sampled_from(Weekday))
def test_a_month_has_four_or_five_of_each_weekday(day: dt.date, weekday: Weekday) -> None:
    month = Month.of(day)
    found = [nth_weekday(month, nth, weekday) for nth in range(1, 6)]

    assert [date for date in found if date] == [date for date in month.days() if date.weekday() == weekday]


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-00", "2026-1", "26-01", "2026-01-01"])
def test_a_text_that_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="n'est pas un mois"):
        Month.parse(text)


def test_a_range_holds_both_its_ends() -> None:
    months = Month.range("2026-11..2027-02")

    assert [str(month) for month in months] == ["2026-11", "2026-12", "2027-01", "2027-02"]


def test_a_single_month_is_a_range() -> None:
    assert Month.range("2026-11") == (Month.parse("2026-11"),)


def test_a_range_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="finit avant"):
        Month.range("2027-01..2026-12")
