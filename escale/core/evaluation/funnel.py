"""Communes side by side without a ranking: what chance alone explains around the mean of the territory (Spiegelhalter 2005)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import exp, lgamma, log, log1p, sqrt
from statistics import NormalDist

from escale.core.evaluation.definitions import Kind

WARNING, ALARM = 0.95, 0.998
"""The two levels of the limits: one commune of twenty is outside the first by chance, one of five hundred outside the second."""
SMALL = 100
"""Under so many, the sentence says that the number is small."""
EXACT_UP_TO = 2_000
"""Above so many expected the normal law gives the limits, to a thousandth of what they are."""


class Standing(StrEnum):
    """How a commune stands to the mean of the territory."""

    LIKE = "like"
    ABOVE = "above"
    BELOW = "below"
    FAR_ABOVE = "far_above"
    FAR_BELOW = "far_below"


STANDING_WORDS: Mapping[Standing, str] = {
    Standing.LIKE: "rien d’anormal",
    Standing.ABOVE: "au-dessus de la moyenne du territoire, ce que le hasard seul fait pour une commune sur vingt",
    Standing.BELOW: "en dessous de la moyenne du territoire, ce que le hasard seul fait pour une commune sur vingt",
    Standing.FAR_ABOVE: "au-dessus de la moyenne du territoire, plus que le hasard ne l’explique",
    Standing.FAR_BELOW: "en dessous de la moyenne du territoire, plus que le hasard ne l’explique",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What chance allows to a commune of one size: the inner limits at 95 %, the outer at 99.8 %, in the unit of the mean."""

    size: float
    low: float
    high: float
    far_low: float
    far_high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One commune: its figure, its size (people, or thousands of inhabitants), its limits, and what may be said of it."""

    place: str
    value: float
    count: int
    limits: Limits

    @property
    def standing(self) -> Standing:
        """How it stands; on a limit it is inside."""
        near = 1e-9 * max(1.0, self.value)
        if self.value > self.limits.far_high + near:
            return Standing.FAR_ABOVE
        if self.value < self.limits.far_low - near:
            return Standing.FAR_BELOW
        if self.value > self.limits.high + near:
            return Standing.ABOVE
        return Standing.BELOW if self.value < self.limits.low - near else Standing.LIKE

    @property
    def words(self) -> str:
        """« rien d’anormal, vu le petit nombre », or how far it is from the mean."""
        told = STANDING_WORDS[self.standing]
        return f"{told}, vu le petit nombre" if self.standing is Standing.LIKE and self.count < SMALL else told


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """The mean of the territory and its communes, in the order given: never sorted by their figure."""

    kind: Kind
    mean: float
    points: tuple[Point, ...]

    def curve(self, sizes: Iterable[float]) -> tuple[Limits, ...]:
        """Return the limits for some sizes, to draw the funnel. A size of zero has none."""
        return tuple(_limits(self.kind, self.mean, size) for size in sizes if size > 0)


def shares(given: Mapping[str, tuple[int, int]]) -> Funnel:
    """Return the funnel of shares, (part, whole) by place; a place without a whole is left out."""
    kept = {place: (part, whole) for place, (part, whole) in given.items() if whole}
    return _funnel(Kind.SHARE, kept)


def rates(given: Mapping[str, tuple[int, float]]) -> Funnel:
    """Return the funnel of rates, (events, exposure) by place, exposures in thousands of inhabitants; none without one."""
    kept = {place: (events, size) for place, (events, size) in given.items() if size > 0}
    return _funnel(Kind.RATE, kept)


def _funnel(kind: Kind, given: Mapping[str, tuple[int, float]]) -> Funnel:
    size = sum(whole for _, whole in given.values())
    mean = sum(part for part, _ in given.values()) / size if size else 0.0
    points = tuple(
        Point(
            place=place,
            value=part / whole,
            count=int(whole) if kind is Kind.SHARE else part,
            limits=_limits(kind, mean, whole),
        )
        for place, (part, whole) in given.items()
    )
    return Funnel(kind=kind, mean=mean, points=points)


def _limits(kind: Kind, mean: float, size: float) -> Limits:
    tails = (1 - WARNING) / 2, (1 + WARNING) / 2, (1 - ALARM) / 2, (1 + ALARM) / 2
    low, high, far_low, far_high = (max(0.0, _limit(kind, mean, size, tail)) for tail in tails)
    most = 1.0 if kind is Kind.SHARE else float("inf")
    return Limits(size=size, low=low, high=min(high, most), far_low=far_low, far_high=min(far_high, most))


def _limit(kind: Kind, mean: float, size: float, tail: float) -> float:
    """Return the exact limit, interpolated between two whole numbers of events (Spiegelhalter 2005, appendix A)."""
    if mean <= 0 or (kind is Kind.SHARE and mean >= 1):
        return mean
    expected = mean * size
    if expected > EXACT_UP_TO:
        spread = expected * (1 - mean) if kind is Kind.SHARE else expected
        return mean + NormalDist().inv_cdf(tail) * sqrt(spread) / size
    below = 0.0
    for events, chance in enumerate(_chances(kind, mean, size)):
        if below + chance >= tail:
            return (events - (below + chance - tail) / chance) / size
        below += chance
    return mean if kind is Kind.RATE else 1.0


def _chances(kind: Kind, mean: float, size: float) -> Iterator[float]:
    """Yield the chance of 0, 1, 2… events: Poisson's law for a rate, the binomial one for a share of `size` people."""
    if kind is Kind.RATE:
        expected = mean * size
        for events in range(int(expected + 40 * sqrt(expected) + 60)):
            yield exp(events * log(expected) - expected - lgamma(events + 1))
        return
    people = int(size)
    for events in range(people + 1):
        ways = lgamma(people + 1) - lgamma(events + 1) - lgamma(people - events + 1)
        yield exp(ways + events * log(mean) + (people - events) * log1p(-mean))
