"""At most three meetings a year, whatever « an » is read as."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escale.core.committee.years import YearRule, meetings_that_fill

THREE = (dt.date(2026, 3, 5), dt.date(2026, 6, 10), dt.date(2026, 9, 9))
FIRST = dt.date(2024, 1, 1)


@pytest.mark.parametrize(
    ("day", "rule", "full"),
    [
        (dt.date(2026, 12, 15), YearRule.CALENDAR, THREE),
        (dt.date(2027, 1, 12), YearRule.CALENDAR, ()),
        (dt.date(2027, 1, 12), YearRule.ROLLING, THREE),
        (dt.date(2027, 3, 4), YearRule.ROLLING, THREE),
        (dt.date(2027, 3, 5), YearRule.ROLLING, ()),
        (dt.date(2026, 1, 1), YearRule.ROLLING, THREE),
        (dt.date(2026, 6, 30), YearRule.CONTRACT, ()),
        (dt.date(2026, 12, 15), YearRule.CONTRACT, ()),
    ],
)
def test_the_fourth_meeting_names_the_three_that_fill_its_year(day: dt.date, rule: YearRule, full: tuple[dt.date, ...]) -> None:
    assert meetings_that_fill(day, THREE, most=3, rule=rule) == full


@given(places=st.lists(st.integers(0, 2_000), max_size=10), most=st.integers(1, 4))
def test_no_twelve_months_in_a_row_ever_hold_more_than_the_most(places: list[int], most: int) -> None:
    taken: list[dt.date] = []
    for day in (FIRST + dt.timedelta(days=place) for place in dict.fromkeys(places)):
        if not meetings_that_fill(day, taken, most=most, rule=YearRule.ROLLING):
            taken.append(day)

    for start in taken:
        assert sum(1 for day in taken if start <= day < start + dt.timedelta(days=365)) <= most
