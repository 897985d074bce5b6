"""What a half-day counts for in the promise of art. 4, and the sentence that tells the promises of some months."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import lru_cache

from escale.core.visits.life import STANDING, Side, VisitState


class Tally(StrEnum):
    """What a promised half-day counts as; it may count as several. What a new tour takes away counts as nothing.

    `UNTOLD` is past on the day that is asked about, and nobody said how it went.
    """

    PROPOSED = "proposed"
    HELD = "held"
    CANCELLED_BY_COMMUNE = "cancelled_by_commune"
    REFUSED = "refused"
    CANCELLED_BY_SERVICE = "cancelled_by_service"
    WAIVED = "waived"
    MADE_UP = "made_up"
    UNTOLD = "untold"


ENDS = {VisitState.REFUSED: Tally.REFUSED, VisitState.WAIVED: Tally.WAIVED}
CANCELLED = {Side.COMMUNE: Tally.CANCELLED_BY_COMMUNE, Side.SERVICE: Tally.CANCELLED_BY_SERVICE}


@lru_cache(maxsize=256)
def tallies_of(state: str, side: str | None, *, is_owed: bool, is_make_up: bool) -> frozenset[Tally]:
    """Return what a half-day counts as; `side` gave it up (None: nobody did), and `is_owed` says whether it is to be made up for.

    What the commune refused or gave up, and what both waived, was proposed: it never counts against the EPCI. What is owed again
    is proposed by its make-up, which counts against nobody. This is a reading: art. 4 promises to propose.
    """
    found = {ENDS[VisitState(state)]} if VisitState(state) in ENDS else set()
    if VisitState(state) in STANDING:
        found |= {Tally.PROPOSED, *([Tally.MADE_UP] if is_make_up else [])}
        found |= {Tally.HELD} if state == VisitState.HELD else set()
    elif side is not None:
        found |= set() if is_owed else {Tally.PROPOSED}
        found |= {CANCELLED[Side(side)]} if state == VisitState.CANCELLED else set()
    return frozenset(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promises:
    """The half-days that some months owed, and what became of them; `untold` are past, and nobody said how they went."""

    due: int = 0
    proposed: int = 0
    held: int = 0
    cancelled_by_commune: int = 0
    refused: int = 0
    cancelled_by_service: int = 0
    waived: int = 0
    made_up: int = 0
    untold: int = 0

    def __add__(self, other: Promises) -> Promises:
        return Promises(**{one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(self)})

    @property
    def words(self) -> str:
        """« 10 demi-journées proposées sur 11 dues, 9 tenues ; 1 annulée par la commune »."""
        if self.due == 0:
            return "aucune demi-journée n’est encore due"
        proposed = f"{self.proposed} demi-journée{'s' * (self.proposed > 1)} proposée{'s' * (self.proposed > 1)}"
        held = _agreed(self.held, "tenue{s}") if self.held else "aucune tenue"
        said = f"{proposed} sur {self.due} due{'s' * (self.due > 1)}, {held}"
        apart = ", ".join(_agreed(getattr(self, name), words) for name, words in APART.items() if getattr(self, name))
        return f"{said} ; {apart}" if apart else said


APART: Mapping[str, str] = {
    "cancelled_by_commune": "annulée{s} par la commune",
    "refused": "refusée{s} par la commune",
    "cancelled_by_service": "annulée{s} par le service",
    "waived": "abandonnée{s} d’un commun accord",
    "made_up": "proposée{s} en rattrapage",
    "untold": "pas encore close{s}",
}
"""What is told after « tenues », in the words of the reports."""


def counted(tallies: Iterable[frozenset[Tally]]) -> Counter[str]:
    """Return how many half-days count as each tally."""
    found = Counter[str]()
    for group, count in Counter(tallies).items():
        for tally in group:
            found[tally.value] += count
    return found


def _agreed(count: int, words: str) -> str:
    return f"{count} {words.format(s='s' * (count > 1))}"
