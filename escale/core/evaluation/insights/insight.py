"""One insight: what was observed, where, under which articles, and how a proposal of the committee could begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce

from escale.core.evaluation.insights.observed import Seen
from escale.core.evaluation.wording import joined

MOST_LETTERS = 400
"""How long a register keeps what led to a proposal."""
MOST_NAMED = 5
"""How many communes a sentence names; beyond, it counts them, and the lines name them."""


class Kind(StrEnum):
    """What is watched; the value ends the address of its proposal."""

    FULL = "creneaux-pleins"
    EMPTY = "creneaux-vides"
    DEMAND = "demande"
    TRAVEL = "trajets"
    EQUITY = "equite"
    CAPACITY = "capacite"
    GROWTH = "un-de-plus"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What was observed of one commune, with its denominator."""

    code: str
    name: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A parameter of the text that a proposal would change, with its new value."""

    article: str
    name: str
    new: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Insight:
    """What a rule found. `lines` are in the order of the communes, never in that of their figures.

    `of_one` says it to one of them alone. `whole` is what is told of the territory, without the name of a commune; `details` are
    told beside it. `suggestion` is how a proposal could begin, empty when nothing calls for one; `clause` what it would change,
    if the text has a value for it.
    """

    kind: Kind
    sentence: str
    of_one: str = ""
    whole: str = ""
    details: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    articles: tuple[str, ...]
    suggestion: str = ""
    clause: Clause | None = None

    def __post_init__(self) -> None:
        if not self.sentence or not self.articles:
            raise ValueError(f"{self.kind}: an insight has its sentence and its articles")
        if self.lines and not self.of_one:
            raise ValueError(f"{self.kind}: nothing to say to one commune")
        if self.clause and not self.suggestion:
            raise ValueError(f"{self.kind}: a clause without a proposal")

    def line_of(self, code: str) -> Line | None:
        """Return what was observed of a commune, by its INSEE code."""
        return next((line for line in self.lines if line.code == code), None)

    @property
    def articles_words(self) -> str:
        """« art. 3-1 et 4 »."""
        return f"art. {joined(list(self.articles))}"

    @property
    def observation(self) -> str:
        """What is kept beside the proposal that it leads to: the sentence, then as much of what was observed as has its place."""
        told = [f"Dans tout le territoire : {self.whole}"] if self.whole and self.whole != self.sentence else []
        told += [f"{line.name} : {line.words}." for line in self.lines]
        return reduce(lambda kept, one: kept if len(kept) + len(one) >= MOST_LETTERS else f"{kept} {one}", told, self.sentence)


def places_of(seen: Sequence[Seen]) -> str:
    """Return « d’Oisy et de Denain », or « de 7 communes »."""
    return joined([one.de for one in seen]) if len(seen) <= MOST_NAMED else f"de {len(seen)} communes"


def places_at(seen: Sequence[Seen]) -> str:
    """Return « à Oisy et à Denain », or « dans 7 communes »."""
    return joined([one.at for one in seen]) if len(seen) <= MOST_NAMED else f"dans {len(seen)} communes"


def at_these(seen: Sequence[Seen]) -> str:
    """Return the same beside a list of them: « dans ces 7 communes »."""
    return places_at(seen) if len(seen) <= MOST_NAMED else f"dans ces {len(seen)} communes"


def one_more(seen: Sequence[Seen]) -> Clause | None:
    """Return one half-day more a month; None when the conventions of these communes do not promise the same number."""
    promised = {one.sessions for one in seen}
    return Clause(article="4", name="sessions_per_month", new=promised.pop() + 1) if len(promised) == 1 else None
