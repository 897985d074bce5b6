"""Communes side by side: chance explains what is inside the limits, and nobody is ranked."""

from __future__ import annotations

from math import comb

import pytest

from escale.core.evaluation.funnel import Standing, rates, shares


def test_a_commune_of_eleven_is_like_the_others_because_eleven_is_few() -> None:
    found = shares({"59446": (9, 11), "59153": (600, 1000)})

    assert [point.place for point in found.points] == ["59446", "59153"]
    assert found.points[0].words == "rien d’anormal, vu le petit nombre"


def test_limits_are_those_of_the_binomial_law_between_two_whole_numbers() -> None:
    found = shares({"59446": (10, 20), "59153": (490, 980)})

    # With a mean of one half and 20 people: the chance of 14 or fewer is 0.979, of 13 or fewer 0.942.
    upto = [sum(comb(20, k) for k in range(n + 1)) / 2**20 for n in range(21)]
    limits = found.points[0].limits
    assert limits.high == pytest.approx((14 - (upto[14] - 0.975) / (upto[14] - upto[13])) / 20)
    assert limits.low == pytest.approx((6 - (upto[6] - 0.025) / (upto[6] - upto[5])) / 20)
    assert limits.far_low < limits.low < found.mean < limits.high < limits.far_high


@pytest.mark.parametrize(
    ("events", "standing"),
    [
        (0, Standing.FAR_BELOW),
        (11, Standing.BELOW),
        (20, Standing.LIKE),
        (30, Standing.ABOVE),
        (40, Standing.FAR_ABOVE),
    ],
)
def test_a_rate_stands_where_poisson_says(events: int, standing: Standing) -> None:
    # The mean is held near 20 by a large neighbour; 95 % of the time there are 12 to 29, 99.8 % of the time 8 to 35.
    found = rates({"59446": (events, 1.0), "59153": (20_000, 1000.0)})

    assert found.points[0].standing is standing


def test_limits_tighten_as_communes_grow_and_meet_the_normal_law() -> None:
    found = rates({"59446": (30, 1.0), "59153": (30, 1.0)})

    small, large, largest = found.curve([1.0, 60.0, 70.0])
    assert small.high - small.low > 5 * (large.high - large.low)
    assert (largest.high - 30) * 70**0.5 == pytest.approx((large.high - 30) * 60**0.5, rel=0.02)


def test_places_without_anyone_are_left_out_and_a_mean_of_zero_has_no_limits_to_cross() -> None:
    found = shares({"59446": (0, 0), "59153": (0, 12)})

    assert [(point.place, point.standing) for point in found.points] == [("59153", Standing.LIKE)]
