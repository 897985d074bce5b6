"""A generator of our own, so that a seed gives the same plan on every machine (splitmix64, Steele et al. 2014)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from escale.core.planning.compiled import inlined

Generator = NDArray[np.uint64]


def seeded(seed: int, stream: int) -> Generator:
    """Return the state of a generator; streams of one seed are independent."""
    mixed = np.random.SeedSequence([seed, stream]).generate_state(1, np.uint64)
    return mixed.astype(np.uint64)


@inlined
def draw(rng: Generator) -> np.uint64:
    """Return 64 random bits."""
    rng[0] += np.uint64(0x9E3779B97F4A7C15)
    z = rng[0]
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


@inlined
def below(rng: Generator, n: int) -> int:
    """Return an integer of 0 to n - 1 (n < 2**31)."""
    return np.int64(((draw(rng) >> np.uint64(32)) * np.uint64(n)) >> np.uint64(32))


@inlined
def uniform(rng: Generator) -> float:
    """Return a number of ]0, 1]."""
    return (np.float64(draw(rng) >> np.uint64(11)) + 1.0) * 2.0**-53
