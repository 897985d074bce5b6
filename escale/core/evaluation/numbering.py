"""The five indicators of how many people were accompanied (art. 6, second criterion)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from escale.core.evaluation.counts import Counts
from escale.core.evaluation.definitions import BY_CODE
from escale.core.evaluation.intervals import garwood
from escale.core.evaluation.measures import Measure, Part, State
from escale.core.evaluation.told import absent, not_due, parts_of, share
from escale.core.evaluation.wording import Count, joined

MODE_WORDS = {
    "rdv": "sur rendez-vous|sur rendez-vous",
    "sans_rdv": "sans rendez-vous|sans rendez-vous",
    "atelier": "en atelier|en atelier",
}


def accompaniments(counts: Counts) -> Measure:
    """N1: participations, by mode; activities, and people known by their appointments, beside them."""
    if (number := counts.accompaniments) is None:
        return absent("N1")
    words = BY_CODE["N1"].sentence.format(n=Count(number))
    by_mode = [f"{Count(count):{MODE_WORDS[mode]}}" for mode, count in counts.modes.items() if count and mode in MODE_WORDS]
    words += f", dont {joined(by_mode)}" if by_mode else ""
    beside = {"activites": counts.activities, "personnes_en_rdv": counts.persons}
    return Measure(
        code="N1",
        state=State.KNOWN,
        value=float(number),
        numerator=number,
        interval=garwood(number),
        parts=(
            *parts_of(counts.modes, number),
            *(Part(key=key, count=count) for key, count in beside.items() if count is not None),
        ),
        words=words,
    )


def per_thousand(counts: Counts) -> Measure:
    """N2: accompaniments for 1,000 inhabitants."""
    if counts.accompaniments is None or not counts.population:
        return absent("N2")
    thousands = counts.population / 1000
    value = counts.accompaniments / thousands
    interval = garwood(counts.accompaniments, per=thousands)
    between = f"entre {Count(round(interval.low, 1))} et {Count(round(interval.high, 1))} si l’on tient compte du hasard"
    return Measure(
        code="N2",
        state=State.KNOWN,
        value=value,
        numerator=counts.accompaniments,
        denominator=counts.population,
        interval=interval,
        words=f"{BY_CODE['N2'].sentence.format(value=Count(round(value, 1)))} ({between})",
    )


def themes(counts: Counts) -> Measure:
    """N4: the share of accompaniments that each theme has; an accompaniment may have several."""
    if counts.accompaniments is None or (counts.accompaniments and not counts.themes):
        return absent("N4")
    if not counts.accompaniments:
        return not_due("N4")
    return Measure(
        code="N4",
        state=State.KNOWN,
        value=sum(counts.themes.values()) / counts.accompaniments,
        numerator=sum(counts.themes.values()),
        denominator=counts.accompaniments,
        parts=parts_of(counts.themes, counts.accompaniments),
        words=BY_CODE["N4"].sentence.format(n=Count(counts.accompaniments)),
    )


def first_times(counts: Counts) -> Measure:
    """N3: those who came for the first time, among the answers."""
    return share("N3", counts.first_time, missing=counts.unanswered(counts.first_time))


NUMBERING: Mapping[str, Callable[[Counts], Measure]] = {
    "N1": accompaniments,
    "N2": per_thousand,
    "N3": first_times,
    "N4": themes,
    "N5": lambda counts: share("N5", counts.communes_visited),
}
