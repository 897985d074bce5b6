"""The field of a civil date."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from escale.web.days import DayField


@pytest.mark.parametrize("written", ["0001-01-01", "0206-04-30", "1989-12-31", "2101-01-01", "9999-12-31"])
def test_a_year_that_nothing_can_hold_is_refused(written: str) -> None:
    with pytest.raises(ValidationError) as refused:
        DayField().clean(written)

    assert refused.value.messages == ["Cette date est trop loin ; donner une année entre 1990 et 2100."]


def test_a_year_within_reach_is_read() -> None:
    assert DayField().clean("2027-04-30") == dt.date(2027, 4, 30)
