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
    """Return how many communes are as chance lets them be, in one sentence; never which comes first."""
    told = [one.words for one in communes if one.words]
    if not told:
        return ""
    usual = sum("anormal" in words for words in told)
    others = " ; l’écart des autres se lit commune par commune" if usual < len(told) else ""
    usually = f"rien d’anormal dans {usual} commune{'s' * (usual > 1)} sur {len(told)}, vu le petit nombre"
    return f"Pour leur nombre d’habitants, {usually}{others} (art. 6)."
