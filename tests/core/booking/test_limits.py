"""A window begins at the same moments for everyone, and when it is over all is forgotten."""

from __future__ import annotations

import datetime as dt

import pytest

from escale.core.booking.limits import OF_ADDRESS, OF_ADDRESS_TO_COMMUNE, OF_COMMUNE, Limit


@pytest.mark.parametrize(("time", "starts"), [("10:00", "10:00"), ("10:14", "10:00"), ("10:15", "10:15")])
def test_a_window_of_a_quarter_of_an_hour_begins_with_the_quarter(time: str, starts: str) -> None:
    quarter = Limit(most=1, window=dt.timedelta(minutes=15))

    assert quarter.starts(dt.datetime.fromisoformat(f"2026-12-01T{time}Z")) == dt.datetime.fromisoformat(f"2026-12-01T{starts}Z")


def test_a_window_is_the_same_in_every_time_zone() -> None:
    day = Limit(most=1, window=dt.timedelta(days=1))

    paris, utc = (dt.datetime.fromisoformat(f"2026-12-01T{clock}") for clock in ("00:30+01:00", "23:30+00:00"))

    assert day.starts(paris) == dt.datetime(2026, 11, 30, tzinfo=dt.UTC)
    assert day.starts(utc) == dt.datetime(2026, 12, 1, tzinfo=dt.UTC)


@pytest.mark.parametrize(("most", "seconds"), [(0, 60), (1, 0)])
def test_a_limit_that_lets_nothing_through_is_none(most: int, seconds: int) -> None:
    with pytest.raises(ValueError, match="lets something through"):
        Limit(most=most, window=dt.timedelta(seconds=seconds))


def test_one_address_never_fills_what_a_commune_takes() -> None:
    assert OF_ADDRESS.most <= OF_ADDRESS_TO_COMMUNE.most <= OF_COMMUNE.most // 4
