"""Communes side by side in the report of their territory: what chance allows to each for its inhabitants, never a ranking."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from escale.apps.evaluation.figures import CommuneLine
from escale.core.evaluation.funnel import Funnel, rates


def funnel_of(communes: Iterable[CommuneLine]) -> Funnel:
    """Return the funnel of those whose accompaniments are told: a point would give the others away."""
    return rates({one.code: (one.people, one.population / 1000) for one in communes if one.people is not None and one.population})


def standing_of(communes: Sequence[CommuneLine], people: int) -> list[CommuneLine]:
    """Return the lines with what may be said of each beside the others; nothing where nobody came at all."""
    words = {point.place: point.words for point in funnel_of(communes).points} if people else {}
    return [replace(one, words=words.get(one.code, "")) for one in communes]


def standing_words(communes: Iterable[CommuneLine]) -> str:
    """Return how many communes are as chance lets them be, and how many not, in one sentence; never which comes first."""
    told = [one.words for one in communes if one.words]
    far = sum("plus que le hasard" in words for words in told)
    near = sum("que le hasard seul fait" in words for words in told)
    groups = (
        (len(told) - near - far, "rien d’anormal, vu le petit nombre"),
        (near, "un écart que le hasard seul fait pour une commune sur vingt"),
        (far, "un écart que le hasard n’explique pas"),
    )
    said = [f"{count} commune{'s' * (count > 1)} : {words}" for count, words in groups if count]
    return f"Côte à côte, pour leur nombre d’habitants, {' ; '.join(said)} (art. 6)." if said else ""
