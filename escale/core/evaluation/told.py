"""The few shapes that measures have: something of something, something missing, nothing due."""

from __future__ import annotations

from collections.abc import Mapping

from escale.core.evaluation.counts import Ratio
from escale.core.evaluation.definitions import BY_CODE
from escale.core.evaluation.intervals import wilson
from escale.core.evaluation.measures import Measure, Part, State
from escale.core.evaluation.wording import ABSENT_WORDS, NOT_DUE_WORDS, Count, share_words


def absent(code: str) -> Measure:
    """Return an indicator that nobody noted: « donnée absente », and what that means."""
    return Measure(code=code, state=State.MISSING, words=f"{ABSENT_WORDS} : {BY_CODE[code].missing}")


def not_due(code: str) -> Measure:
    """Return an indicator of which nothing was due."""
    return Measure(code=code, state=State.NOT_DUE, denominator=0, words=NOT_DUE_WORDS)


def share(code: str, given: Ratio | None, *, missing: int = 0, parts: tuple[Part, ...] = (), **more: object) -> Measure:
    """Return a share, with Wilson's interval where chance has a part; `more` are other fields of its sentence."""
    if given is None:
        return absent(code)
    if not given.whole:
        return not_due(code)
    definition = BY_CODE[code]
    percent = share_words(given.part, given.whole)
    return Measure(
        code=code,
        state=State.KNOWN,
        value=given.part / given.whole,
        numerator=given.part,
        denominator=given.whole,
        missing=missing,
        interval=None if definition.is_census else wilson(given.part, given.whole),
        parts=parts,
        words=definition.sentence.format(n=Count(given.part), d=Count(given.whole), share=percent, **more),
    )


def parts_of(counts: Mapping[str, int], whole: int) -> tuple[Part, ...]:
    """Return the lines of a detail, each as a share of `whole` with its interval."""
    return tuple(
        Part(
            key=key,
            count=count,
            share=count / whole if whole else None,
            interval=wilson(count, whole) if whole else None,
        )
        for key, count in counts.items()
    )
