"""The figures of an evaluation as plain values: kept under their hash as they were counted, and read back the same."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from escale.core.calendar.months import Month
from escale.core.evaluation.definitions import BY_CODE, METHOD, Definition, Family
from escale.core.evaluation.measures import Interval, Measure, State

DIGITS = 6
"""Decimals that are kept: two databases write no more alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One indicator as it is told."""

    code: str
    state: str
    words: str
    value: float | None = None
    numerator: int | None = None
    denominator: int | None = None
    missing: int = 0
    low: float | None = None
    high: float | None = None

    @classmethod
    def of(cls, measure: Measure) -> Told:
        """Return what is kept of a measure."""
        between = measure.interval
        return cls(
            code=measure.code,
            state=measure.state.value,
            words=measure.words,
            value=_rounded(measure.value),
            numerator=measure.numerator,
            denominator=measure.denominator,
            missing=measure.missing,
            low=_rounded(between.low) if between else None,
            high=_rounded(between.high) if between else None,
        )

    @property
    def measure(self) -> Measure:
        """The measure, without the lines of its detail."""
        between = None if self.low is None or self.high is None else Interval(low=self.low, high=self.high)
        return Measure(
            code=self.code,
            state=State(self.state),
            value=self.value,
            numerator=self.numerator,
            denominator=self.denominator,
            missing=self.missing,
            interval=between,
            words=self.words,
        )

    @property
    def definition(self) -> Definition:
        """What it counts."""
        return BY_CODE[self.code]

    @property
    def is_known(self) -> bool:
        """Whether there is a figure to tell."""
        return self.state == State.KNOWN.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """A commune beside the others: its accompaniments, its inhabitants, and what chance allows to say."""

    code: str
    name: str
    count: int
    population: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What the communes answered: how many of how many asked, and for each question how many gave each answer."""

    asked: int = 0
    answered: int = 0
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """All that an evaluation says in figures. `until` is the day up to which what was known is counted."""

    method: str = METHOD
    place: str
    code: str = ""
    first: str
    last: str
    until: dt.date
    measures: tuple[Told, ...] = ()
    standing: str = ""
    stands: tuple[Stand, ...] = ()
    evolutions: Mapping[str, str] = field(default_factory=dict)
    answers: Answers = field(default_factory=Answers)

    def of_family(self, family: Family) -> list[Told]:
        """Return the indicators of a criterion, in the order of the catalogue."""
        return [one for one in self.measures if one.definition.family is family]

    @property
    def by_code(self) -> dict[str, Measure]:
        """The measures by code."""
        return {one.code: one.measure for one in self.measures}

    @property
    def months(self) -> int:
        """How many months are counted."""
        return Month.parse(self.last).index - Month.parse(self.first).index + 1

    def changed_since(self, earlier: Frozen) -> list[tuple[Told, Told]]:
        """Return the indicators that are told otherwise than in an earlier counting: before, then now."""
        known = {one.code: one for one in earlier.measures}
        return [(known[one.code], one) for one in self.measures if one.code in known and known[one.code] != one]

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        plain: dict[str, Any] = json.loads(json.dumps(asdict(self), default=str))
        return plain

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Frozen:
        """Return what was kept."""
        return cls(
            **{
                **kept,
                "until": dt.date.fromisoformat(kept["until"]),
                "measures": tuple(Told(**one) for one in kept["measures"]),
                "stands": tuple(Stand(**one) for one in kept["stands"]),
                "answers": Answers(**kept["answers"]),
            }
        )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)
