"""The seven indicators of effectiveness (art. 6, third criterion): what is observed, never what the service would have caused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from escale.core.evaluation.counts import Counts, Ratio
from escale.core.evaluation.definitions import BY_CODE, ILLECTRONISM_PERCENT
from escale.core.evaluation.intervals import garwood, mean_difference, sign_test, wilson
from escale.core.evaluation.measures import Measure, State
from escale.core.evaluation.told import absent, not_due, parts_of, share
from escale.core.evaluation.wording import NARROW, SMALLEST_SHARE, TOO_FEW_WORDS, Count, number_words

CONFIDENT = (3, 4)
"""« Plutôt » and « tout à fait »."""


def autonomous(counts: Counts) -> Measure:
    """E1: who ended autonomous, wholly or partly, among those of whom it is noted."""
    return share("E1", counts.autonomous, missing=counts.unanswered(counts.autonomous))


def solved(counts: Counts) -> Measure:
    """E2: what was solved among what is noted; the others were sent on, or nothing was solved."""
    if counts.outcomes is None:
        return absent("E2")
    noted = sum(counts.outcomes.values())
    given = Ratio(part=counts.outcomes.get("resolue", 0), whole=noted)
    return share("E2", given, missing=counts.unanswered(given), parts=parts_of(counts.outcomes, noted))


def progress(counts: Counts) -> Measure:
    """E3: among people whose autonomy changed, those for the better, with the sign test."""
    if (pairs := counts.pairs) is None:
        return absent("E3")
    changed = Ratio(part=pairs.more, whole=pairs.more + pairs.less)
    if not changed.whole + pairs.same:
        return not_due("E3")
    words = BY_CODE["E3"].sentence.format(n=Count(pairs.more), less=Count(pairs.less), same=Count(pairs.same))
    chance = sign_test(pairs.more, pairs.less)
    words += " : une évolution que le hasard n’explique guère" if chance < 0.05 else " : rien que le hasard n’explique"
    if not changed.whole:
        return Measure(code="E3", state=State.NOT_DUE, denominator=0, missing=pairs.same, words=words)
    return Measure(
        code="E3",
        state=State.KNOWN,
        value=changed.part / changed.whole,
        numerator=changed.part,
        denominator=changed.whole,
        missing=pairs.same,
        interval=wilson(changed.part, changed.whole),
        words=words,
    )


def confident(counts: Counts) -> Measure:
    """E4: who says « plutôt » or « tout à fait » to an anonymous question; its evolution when it was asked before too."""
    if (given := counts.confidence) is None:
        return absent("E4")
    answers = sum(given.after.values())
    ratio = Ratio(part=sum(given.after.get(point, 0) for point in CONFIDENT), whole=answers)
    parts = parts_of({str(point): given.after.get(point, 0) for point in (1, 2, 3, 4)}, answers)
    told = share("E4", ratio, missing=given.asked - answers, parts=parts, asked=Count(given.asked))
    found = mean_difference(given.after, given.before) if given.before else None
    if found is None or told.state is not State.KNOWN:
        return told
    gap, interval = found
    evolution = (
        f" ; évolution observée de la moyenne sur quatre points : {_signed(gap)}"
        f" (entre {_signed(interval.low)} et {_signed(interval.high)})"
    )
    return replace(told, words=told.words + evolution)


def pix(counts: Counts) -> Measure:
    """E5: how many took ABC Diag or ABC Pix."""
    if counts.pix is None:
        return absent("E5")
    return Measure(
        code="E5",
        state=State.KNOWN,
        value=float(counts.pix),
        numerator=counts.pix,
        interval=garwood(counts.pix),
        words=BY_CODE["E5"].sentence.format(n=Count(counts.pix)),
    )


def reach(counts: Counts) -> Measure:
    """E6: an order of magnitude, with the figure of the recitals as context and its unknowns said."""
    if counts.persons_estimated is None or not counts.population_15:
        return absent("E6")
    concerned = round(counts.population_15 * ILLECTRONISM_PERCENT / 100, -2) or 100.0
    words = BY_CODE["E6"].sentence.format(
        n=Count(counts.persons_estimated), d=Count(concerned), percent=number_words(ILLECTRONISM_PERCENT)
    )
    return Measure(
        code="E6",
        state=State.KNOWN,
        value=counts.persons_estimated / concerned,
        numerator=counts.persons_estimated,
        denominator=int(concerned),
        words=words,
    )


def older(counts: Counts) -> Measure:
    """E7: the share of people of 60 and more among accompaniments, over their share in the population of 15 and more."""
    aged = counts.aged
    if aged is None or not counts.population_15 or not counts.population_60:
        return absent("E7")
    if not aged.whole:
        return not_due("E7")
    share_of_all = counts.population_60 / counts.population_15
    value = aged.part / aged.whole / share_of_all
    bounds = wilson(aged.part, aged.whole)
    times = f"{number_words(value)} fois" if aged.whole >= SMALLEST_SHARE else f"{TOO_FEW_WORDS} et la comparer à"
    return Measure(
        code="E7",
        state=State.KNOWN,
        value=value,
        numerator=aged.part,
        denominator=aged.whole,
        missing=counts.unanswered(aged),
        interval=replace(bounds, low=bounds.low / share_of_all, high=bounds.high / share_of_all),
        words=BY_CODE["E7"].sentence.format(n=Count(aged.part), d=Count(aged.whole), value=times),
    )


def _signed(value: float) -> str:
    sign = "−" if value < 0 else "+"
    return f"{sign}{NARROW}{number_words(round(abs(value), 2), 2)}"


EFFECTIVENESS: Mapping[str, Callable[[Counts], Measure]] = {
    "E1": autonomous,
    "E2": solved,
    "E3": progress,
    "E4": confident,
    "E5": pix,
    "E6": reach,
    "E7": older,
}
