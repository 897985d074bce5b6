"""From counts to the 22 indicators: figures, how sure they are, and the sentence that a report prints."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from escale.core.evaluation.counts import Counts
from escale.core.evaluation.definitions import BY_CODE, DEFINITIONS
from escale.core.evaluation.effectiveness import EFFECTIVENESS
from escale.core.evaluation.functioning import FUNCTIONING
from escale.core.evaluation.measures import Measure, State
from escale.core.evaluation.numbering import NUMBERING
from escale.core.evaluation.policies import Policy
from escale.core.evaluation.releases import Release
from escale.core.evaluation.wording import MASKED_WORDS

FORMULAS: Mapping[str, Callable[[Counts], Measure]] = {**FUNCTIONING, **NUMBERING, **EFFECTIVENESS}


def measure(code: str, counts: Counts) -> Measure:
    """Return one indicator of a period."""
    return FORMULAS[code](counts)


def measures(counts: Counts, *, release: Release | None = None, place: str = "", period: str = "") -> dict[str, Measure]:
    """Return the 22 indicators of a period by code, in the order of the catalogue.

    With a `release`, those whose cells it hides for that place and period are MASKED, and the modes and themes that it hides are
    no part of N1 and N4: its readers learn no more from indicators than from tables.
    """
    read = counts if release is None else _readable(counts, release, place, period)
    found = {definition.code: measure(definition.code, read) for definition in DEFINITIONS}
    if release is not None:
        hides = {code for code in found if not release.tells(place, period, BY_CODE[code].cells)}
        hides |= {"N4"} if counts.themes and not read.themes else set()
        hides |= set(_small(counts, release.policy))
        found |= {code: masked(code) for code in hides if found[code].state is State.KNOWN or code == "N4"}
    return found


def masked(code: str) -> Measure:
    """Return an indicator that is not told, because too few people are concerned."""
    return Measure(code=code, state=State.MASKED, words=MASKED_WORDS)


def _readable(counts: Counts, release: Release, place: str, period: str) -> Counts:
    """Return the counts without the modes and themes that a release hides."""
    modes = counts.modes if release.tells(place, period, [("mode", mode) for mode in counts.modes]) else {}
    themes = {theme: count for theme, count in counts.themes.items() if release.tells(place, period, [("theme", theme)])}
    return replace(counts, modes=modes, themes=themes)


def _small(counts: Counts, policy: Policy) -> Iterator[str]:
    """Yield the indicators of figures that are in no table, each hidden as a whole when one of them is small."""
    if counts.pairs and _any_small(policy.attribute, counts.pairs.more, counts.pairs.less, counts.pairs.same):
        yield "E3"
    if counts.confidence and _any_small(policy.attribute, *counts.confidence.after.values(), *counts.confidence.before.values()):
        yield "E4"
    if counts.slots and policy.activity and _any_small(policy.activity, counts.slots.booked, counts.slots.absent):
        yield "F4"


def _any_small(k: int, *counts: int) -> bool:
    return any(0 < count < k for count in counts)
