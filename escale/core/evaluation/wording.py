"""Figures in French words: numbers, shares that are told only when they mean something, nouns that agree."""

from __future__ import annotations

from dataclasses import dataclass

NARROW = "\u202f"
"""The narrow no-break space of French numbers and of « % »."""
SMALLEST_SHARE = 20
"""Under so many people a share says nothing: the counts alone are told."""
FINE_SHARE = 100
"""From so many people on a share is told with one decimal."""
TOO_FEW_WORDS = "effectif insuffisant pour donner une part"
ABSENT_WORDS = "donnée absente"
NOT_DUE_WORDS = "rien n’était dû sur la période"
MASKED_WORDS = "non publié : trop peu de personnes concernées"


@dataclass(frozen=True, slots=True)
class Count:
    """A number for sentence templates: `{n:jour|jours}` writes « 1 jour », « 9 jours »; `{n}` the number alone."""

    value: float

    def __format__(self, spec: str) -> str:
        if not spec:
            return number_words(self.value)
        singular, bar, plural = spec.partition("|")
        # In French, 0 and 1,5 are singular.
        noun = plural if bar and abs(self.value) >= 2 else singular
        return f"{number_words(self.value)} {noun}"


def number_words(value: float, decimals: int = 1) -> str:
    """Return « 1 128 » with a narrow no-break space, « 2,5 » with at most `decimals`, « 3 » for 3.0."""
    if value == int(value):
        return f"{int(value):,}".replace(",", NARROW)
    return f"{value:,.{decimals}f}".replace(",", NARROW).replace(".", ",")


def share_words(numerator: int, denominator: int) -> str:
    """Return « 75 % », « 75,4 % » from 100 people on; under 20 people there is no share to tell, and a sentence says so."""
    if denominator < SMALLEST_SHARE:
        return TOO_FEW_WORDS
    percent = 100 * numerator / denominator
    told = number_words(round(percent)) if denominator < FINE_SHARE else f"{percent:.1f}".replace(".", ",")
    return f"{told}{NARROW}%"


def hours_words(minutes: int) -> str:
    """Return « 27 h », « 27 h 30 »."""
    hours, rest = divmod(minutes, 60)
    return f"{number_words(hours)} h {rest:02d}" if rest else f"{number_words(hours)} h"


def joined(words: list[str]) -> str:
    """Return « a, b et c »."""
    return " et ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
