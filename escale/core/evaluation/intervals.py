"""How sure a share, a count or a difference is: Wilson's and Garwood's intervals, Newcombe's difference, the sign test."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import comb, exp, inf, lgamma, log, sqrt
from statistics import NormalDist

from escale.core.evaluation.measures import Interval

LEVEL = 0.95
EXACT_UP_TO = 1_000
"""Above so many events Byar's approximation of Garwood's interval is right to a millionth."""


def wilson(part: int, whole: int, level: float = LEVEL) -> Interval:
    """Return the score interval of a share, between 0 and 1 (Wilson 1927). Raise ValueError without a whole."""
    if not 0 <= part <= whole or not whole:
        raise ValueError(f"no share: {part} of {whole}")
    z = _z(level)
    share = part / whole
    middle = (share + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z / (1 + z * z / whole) * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    low = 0.0 if part == 0 else max(0.0, middle - half)
    high = 1.0 if part == whole else min(1.0, middle + half)
    return Interval(low=low, high=high, level=level)


def garwood(events: int, per: float = 1.0, level: float = LEVEL) -> Interval:
    """Return the exact interval of a Poisson mean (Garwood 1936), divided by `per` (thousands of inhabitants for a rate)."""
    if events < 0 or per <= 0:
        raise ValueError(f"no count: {events} for {per}")
    tail = (1 - level) / 2
    if events > EXACT_UP_TO:
        low, high = _byar(events, _z(level))
    else:
        high = _root(lambda mean: 1 - _gamma_share(events + 1, mean) - tail, events, events + 10 * sqrt(events + 1) + 20)
        low = _root(lambda mean: tail - _gamma_share(events, mean), 0.0, float(events)) if events else 0.0
    return Interval(low=low / per, high=high / per, level=level)


def share_difference(after: tuple[int, int], before: tuple[int, int], level: float = LEVEL) -> Interval:
    """Return the interval of the share `after` (part, whole) less the share `before` (Newcombe 1998, method 10)."""
    first, second = wilson(*after, level), wilson(*before, level)
    p, q = after[0] / after[1], before[0] / before[1]
    down = sqrt((p - first.low) ** 2 + (second.high - q) ** 2)
    up = sqrt((first.high - p) ** 2 + (q - second.low) ** 2)
    return Interval(low=p - q - down, high=p - q + up, level=level)


def rate_ratio(after: tuple[int, float], before: tuple[int, float], level: float = LEVEL) -> Interval:
    """Return the interval of a rate (events, exposure) over an earlier one: given the sum, events are a share (Wilson's)."""
    share = wilson(after[0], after[0] + before[0], level)
    scale = before[1] / after[1]
    return Interval(low=_odds(share.low) * scale, high=_odds(share.high) * scale, level=level)


def mean_difference(after: Mapping[int, int], before: Mapping[int, int], level: float = LEVEL) -> tuple[float, Interval] | None:
    """Return the mean of answers `after` less `before` (answers by point), with its interval (Welch, by the normal law).

    None under twenty answers on one side: the normal law does not hold there.
    """
    if min(sum(after.values()), sum(before.values())) < 20:
        return None
    (first, spread), (second, other) = _mean(after), _mean(before)
    half = _z(level) * sqrt(spread + other)
    gap = first - second
    return gap, Interval(low=gap - half, high=gap + half, level=level)


def sign_test(more: int, less: int) -> float:
    """Return how often chance alone sets `more` and `less` as far apart (exact, both sides; 1 without change)."""
    trials = more + less
    tail: float = sum(comb(trials, k) for k in range(min(more, less) + 1)) / 2**trials
    return min(1.0, 2 * tail)


def _z(level: float) -> float:
    return NormalDist().inv_cdf((1 + level) / 2)


def _odds(share: float) -> float:
    return inf if share >= 1 else share / (1 - share)


def _mean(answers: Mapping[int, int]) -> tuple[float, float]:
    """Return a mean and the variance of that mean."""
    number = sum(answers.values())
    mean = sum(point * count for point, count in answers.items()) / number
    spread = sum(count * (point - mean) ** 2 for point, count in answers.items()) / (number - 1)
    return mean, spread / number


def _byar(events: int, z: float) -> tuple[float, float]:
    """Return Byar's approximation (Breslow and Day 1987)."""
    more = events + 1
    low = events * (1 - 1 / (9 * events) - z / (3 * sqrt(events))) ** 3
    high = more * (1 - 1 / (9 * more) + z / (3 * sqrt(more))) ** 3
    return low, high


def _root(falling: Callable[[float], float], low: float, high: float) -> float:
    """Return where a falling function crosses zero, by halving."""
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if falling(middle) > 0 else (low, middle)
    return (low + high) / 2


def _gamma_share(shape: int, x: float) -> float:
    """Return the regularised lower incomplete gamma P(shape, x): the chance of `shape` events or more when `x` are expected."""
    if x <= 0:
        return 0.0
    front = exp(shape * log(x) - x - lgamma(shape))
    if x < shape + 1:
        term = total = 1 / shape
        step = shape
        while term > total * 1e-16:
            step += 1
            term *= x / step
            total += term
        return front * total
    return 1 - front * _fraction(shape, x)


def _fraction(shape: int, x: float) -> float:
    """Return the continued fraction of the upper incomplete gamma (Lentz's method)."""
    tiny = 1e-300
    b = x + 1 - shape
    c, d = 1 / tiny, 1 / b
    found = d
    for step in range(1, 100_000):
        a = -step * (step - shape)
        b += 2
        d = 1 / (a * d + b or tiny)
        c = b + a / c or tiny
        found *= d * c
        if abs(d * c - 1) < 1e-15:
            break
    return found
