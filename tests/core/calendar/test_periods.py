"""Quarters and years as values."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escale.core.calendar.periods import Period

DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2150, 12, 31))


@given(DAYS)
def test_a_day_lies_in_its_quarter_and_its_year_and_in_no_neighbour(day: dt.date) -> None:
    quarter = Period.quarter_of(day)

    for period in (quarter, Period(day.year)):
        assert period.first <= day <= period.last
        assert period.previous.last + dt.timedelta(days=1) == period.first
        assert period.next.previous == period
        assert Period.parse(str(period)) == period
    assert len(quarter.months) == 3
    assert len(Period(day.year).months) == 12


def test_a_period_is_said_in_french() -> None:
    assert Period(2026, 3).words == "troisième trimestre 2026"
    assert Period(2026).de_words == "de l’année 2026"
    assert Period(2026, 1).le_words == "le premier trimestre 2026"


@pytest.mark.parametrize("text", ["", "2026-T5", "2026-3", "T3 2026", "26-T1", "2026-T", "3026-T1"])
def test_what_is_no_period_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="2026-T3"):
        Period.parse(text)
