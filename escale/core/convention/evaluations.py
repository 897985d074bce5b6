"""When the service is evaluated (art. 6): each rank in months after the anchor, and the whole civil months that it counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count

from escale.core.calendar.months import Month
from escale.core.convention.dates import add_months

A_YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One evaluation: its rank in months, its day, and its months.

    They begin where the evaluation before left off (the first one in the month of the anchor: nothing came before it), and end
    with the last month that is over on the day. No month is counted twice, so that two evaluations may be set side by side.
    """

    rank: int
    day: dt.date
    first: Month
    last: Month


def dues(schedule: Sequence[int], anchor: dt.date) -> Iterator[Due]:
    """Yield without end the evaluations of a schedule, then one every year."""
    first = Month.of(anchor)
    for rank in chain(schedule, count(schedule[-1] + A_YEAR, A_YEAR)):
        day = add_months(anchor, rank)
        last = Month.of(day).previous
        yield Due(rank=rank, day=day, first=first, last=max(first, last))
        first = max(first, last).next


def span_of(rank: int, effect: dt.date) -> str:
    """Return « E6-2601 »: the name of a due of art. 6 among those of a commune, whose conventions may follow each other."""
    return f"E{rank}-{effect:%y%m}"


def rank_words(rank: int) -> str:
    """Return « des six mois », « de la première année », « de la deuxième année », « des 18 mois »."""
    if rank == A_YEAR // 2:
        return "des six mois"
    years, rest = divmod(rank, A_YEAR)
    if rest:
        return f"des {rank} mois"
    ordinals = ("première", "deuxième", "troisième", "quatrième", "cinquième")
    return f"de la {ordinals[years - 1]} année" if years <= len(ordinals) else f"de la {years}e année"
