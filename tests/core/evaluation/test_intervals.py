"""Intervals are those of the published tables."""

from __future__ import annotations

import pytest

from escale.core.evaluation.intervals import (
    EXACT_UP_TO,
    garwood,
    mean_difference,
    rate_ratio,
    share_difference,
    sign_test,
    wilson,
)


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        # Newcombe 1998, « Two-sided confidence intervals for the single proportion », table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (20, 20, 0.8389, 1.0),
    ],
)
def test_shares_have_the_intervals_of_newcombe(part: int, whole: int, low: float, high: float) -> None:
    found = wilson(part, whole)

    assert [found.low, found.high] == pytest.approx([low, high], abs=5e-5)


@pytest.mark.parametrize(
    ("events", "low", "high"),
    [
        # Pearson and Hartley, Biometrika Tables, table 40.
        (0, 0.0, 3.689),
        (1, 0.0253, 5.572),
        (5, 1.623, 11.668),
        (10, 4.795, 18.390),
        (30, 20.241, 42.827),
        (100, 81.364, 121.627),
    ],
)
def test_counts_have_the_exact_intervals_of_garwood(events: int, low: float, high: float) -> None:
    found = garwood(events)

    assert [found.low, found.high] == pytest.approx([low, high], abs=6e-4)


def test_the_approximation_takes_over_without_a_step() -> None:
    exact, near = garwood(EXACT_UP_TO), garwood(EXACT_UP_TO + 1)

    assert near.low - exact.low == pytest.approx(1, abs=0.05)
    assert near.high - exact.high == pytest.approx(1, abs=0.05)


def test_a_rate_is_for_its_population() -> None:
    assert garwood(10, per=2).low == pytest.approx(garwood(10).low / 2)


@pytest.mark.parametrize(
    ("after", "before", "low", "high"),
    [
        # Newcombe 1998, « Interval estimation for the difference between independent proportions », table II, method 10.
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
    ],
)
def test_differences_have_the_intervals_of_newcombe(
    after: tuple[int, int], before: tuple[int, int], low: float, high: float
) -> None:
    found = share_difference(after, before)

    assert [found.low, found.high] == pytest.approx([low, high], abs=5e-5)


def test_a_rate_twice_as_high_on_few_events_is_compatible_with_the_same_rate() -> None:
    found = rate_ratio((10, 1.0), (5, 1.0))

    assert found.low < 1 < 2 < found.high


def test_means_of_few_answers_are_not_compared() -> None:
    assert mean_difference({4: 19}, {1: 40}) is None


def test_a_mean_that_rises_by_one_point_has_an_interval_around_one() -> None:
    found = mean_difference({3: 20, 4: 20}, {2: 20, 3: 20})

    assert found is not None
    gap, interval = found
    assert gap == pytest.approx(1.0)
    # Each mean has a variance of 0.25 × 40 / 39 / 40.
    assert interval.high - gap == pytest.approx(1.959964 * (2 * 0.25 / 39) ** 0.5)


def test_the_sign_test_is_exact() -> None:
    # Two of eight against: 2 × (1 + 8 + 28) / 256.
    assert sign_test(6, 2) == pytest.approx(74 / 256)
    assert sign_test(0, 0) == 1.0


@pytest.mark.parametrize("wrong", [lambda: wilson(1, 0), lambda: wilson(3, 2), lambda: garwood(-1), lambda: garwood(1, per=0)])
def test_what_is_no_figure_is_refused(wrong) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match="no "):
        wrong()
