"""What an indicator says of a period: its figures, how sure they are, and a French sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Whether there is something to say: figures; or nobody noted them, nothing was due, too few people are concerned."""

    KNOWN = "known"
    MISSING = "missing"
    NOT_DUE = "not_due"
    MASKED = "masked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Bounds of a figure, in its unit, at a level of confidence (0.95)."""

    low: float
    high: float
    level: float = 0.95

    def __post_init__(self) -> None:
        if not (self.low <= self.high and 0 < self.level < 1):
            raise ValueError(f"no interval: {self.low}, {self.high} at {self.level}")

    @property
    def width(self) -> float:
        """How far apart they are."""
        return self.high - self.low


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One line of the detail of a measure: a mode, a theme, a cause. `key` is of the vocabulary that the indicator names."""

    key: str
    count: int
    share: float | None = None
    interval: Interval | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """An indicator on a period. `value` is in the unit of its definition; it is None unless the state is KNOWN.

    `numerator` and `denominator` are the counts behind it (minutes for F3), `missing` those who were not asked or did not answer.
    `interval` is in the unit of `value`: Wilson's for a share, Garwood's for a count or a rate, None where nothing is drawn
    at random. `words` is a French sentence, whatever the state.
    """

    code: str
    state: State
    value: float | None = None
    numerator: int | None = None
    denominator: int | None = None
    missing: int = 0
    interval: Interval | None = None
    parts: tuple[Part, ...] = ()
    words: str

    def __post_init__(self) -> None:
        if (self.state is State.KNOWN) != (self.value is not None):
            raise ValueError(f"{self.code}: a value is told if and only if it is known")
        if not self.words:
            raise ValueError(f"{self.code}: without words")
