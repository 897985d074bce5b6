"""Two evaluations side by side: « évolution observée » with its interval, and nothing where chance alone explains it."""

from __future__ import annotations

from collections.abc import Mapping

from escale.core.evaluation.definitions import BY_CODE, DEFINITIONS, Definition, Kind
from escale.core.evaluation.intervals import rate_ratio, share_difference
from escale.core.evaluation.measures import Interval, Measure, State
from escale.core.evaluation.wording import NARROW, SMALLEST_SHARE, number_words

COUNTED = ("N1", "F9", "E5")
"""Counts that are set side by side as rates by month: their periods need not be as long."""


def evolutions(after: Mapping[str, Measure], before: Mapping[str, Measure], *, months: tuple[int, int]) -> dict[str, str]:
    """Return what may be said of each indicator since the evaluation before, by code; `months` are how long both periods are.

    No cause is told: nobody knows what would have happened without the service.
    """
    found = {}
    for definition in DEFINITIONS:
        now, then = after.get(definition.code), before.get(definition.code)
        if now is None or then is None or not (now.state is then.state is State.KNOWN):
            continue
        if words := _words(definition, now, then, months):
            found[definition.code] = words
    return found


def _words(definition: Definition, now: Measure, then: Measure, months: tuple[int, int]) -> str:
    if definition.code in COUNTED:
        return _of_counts(now, then, months)
    if definition.kind is Kind.SHARE and definition.code not in ("E3", "N4"):
        return _of_shares(now, then)
    return ""


def _of_shares(now: Measure, then: Measure) -> str:
    if min(now.denominator or 0, then.denominator or 0) < SMALLEST_SHARE:
        return ""
    after, before = (now.numerator or 0, now.denominator or 0), (then.numerator or 0, then.denominator or 0)
    if BY_CODE[now.code].is_census:
        return ""
    between = share_difference(after, before)
    if between.low <= 0 <= between.high:
        return ""
    gap = after[0] / after[1] - before[0] / before[1]
    shown = f"de {_signed(100 * between.low)} à {_signed(100 * between.high)}"
    return f"{BY_CODE[now.code].label} : évolution observée de {_signed(100 * gap)} points (intervalle à 95{NARROW}% : {shown})"


def _of_counts(now: Measure, then: Measure, months: tuple[int, int]) -> str:
    if not (now.numerator and then.numerator):
        return ""
    between = rate_ratio((now.numerator, months[0]), (then.numerator, months[1]))
    if between.low <= 1 <= between.high:
        return ""
    gap = (now.numerator / months[0]) / (then.numerator / months[1]) - 1
    shown = _percents(Interval(low=between.low - 1, high=between.high - 1))
    return (
        f"{BY_CODE[now.code].label} par mois : évolution observée de {_signed(100 * gap)}{NARROW}%"
        f" (intervalle à 95{NARROW}% : {shown})"
    )


def _percents(between: Interval) -> str:
    return f"de {_signed(100 * between.low)} à {_signed(100 * between.high)}{NARROW}%"


def _signed(value: float) -> str:
    told = round(value)
    return f"{'+' if told > 0 else '−' if told < 0 else ''}{number_words(abs(told))}"
