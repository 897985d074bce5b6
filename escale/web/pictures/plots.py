"""Where sizes and rates fall on a plot, and the round numbers that its axes bear."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

LOGARITHMIC = 20
"""Sizes that differ by more than this stand on a scale of multiples, lest the small ones lie on each other."""
CLEAR = 10
"""What is nearest to a side keeps so far from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """Sizes from the smallest to the largest go to the right, rates from nothing to `most` go up."""

    smallest: float
    largest: float
    most: float
    left: float
    right: float
    top: float
    base: float

    @property
    def is_logarithmic(self) -> bool:
        """Whether equal distances are equal multiples."""
        return self.smallest > 0 and self.largest > self.smallest * LOGARITHMIC

    def x(self, size: float) -> float:
        """Return where a size falls."""
        start, stop = self.left + CLEAR, self.right - CLEAR
        if self.largest == self.smallest:
            return (start + stop) / 2
        low, here, high = (math.log(each) if self.is_logarithmic else each for each in (self.smallest, size, self.largest))
        return start + (here - low) / (high - low) * (stop - start)

    def y(self, rate: float) -> float:
        """Return where a rate falls; none leaves the plot."""
        return self.base - min(rate, self.most) / self.most * (self.base - self.top)

    def rates(self) -> list[int | float]:
        """Return round rates from nothing up to the highest one: four or so."""
        step = _round_step(self.most / 4)
        return [_plain(step * at) for at in range(int(self.most / step) + 1)]

    def sizes(self) -> list[int | float]:
        """Return round sizes: multiples when they differ much, else a few steps."""
        low, high = self.smallest, self.largest
        if self.is_logarithmic:
            powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
            return [value for power in powers for digit in (1, 2, 5) if low <= (value := _plain(digit * 10.0**power)) <= high]
        step = _round_step((high - low) / 4 or high or 1)
        return [_plain(step * at) for at in range(math.ceil(low / step), math.floor(high / step) + 1)]

    def inside(self, points: Sequence[tuple[float, float]]) -> list[list[tuple[float, float]]]:
        """Return the parts of a line of sizes and rates that lie below the top, cut where they cross it."""
        runs: list[list[tuple[float, float]]] = [[]]
        for at, (size, rate) in enumerate(points):
            before = points[at - 1] if at else None
            if before and (before[1] > self.most) != (rate > self.most):
                share = (self.most - before[1]) / (rate - before[1])
                runs[-1].append((before[0] + share * (size - before[0]), self.most))
            if rate > self.most:
                runs.append([])
            else:
                runs[-1].append((size, rate))
        return [run for run in runs if len(run) > 1]


def _round_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(digit * power for digit in (1, 2, 5, 10) if digit * power >= rough * 0.999)


def _plain(value: float) -> int | float:
    return round(value) if abs(value - round(value)) < 1e-9 else round(value, 3)
