"""The signs of half-days: full where someone came, open elsewhere, each with a shape and a letter of its own."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from escale.web.pictures.svg import tag, words


class Outcome(StrEnum):
    """What became of a half-day, by the letter of its sign."""

    HELD = "T"
    MOVED = "D"
    MADE_UP = "R"
    BY_COMMUNE = "C"
    BY_EPCI = "E"
    WAIVED = "A"
    UNTOLD = "?"
    AHEAD = "P"


OUTCOMES = {
    Outcome.HELD: ("tenue", "tenues"),
    Outcome.MOVED: ("déplacée et tenue", "déplacées et tenues"),
    Outcome.MADE_UP: ("tenue en rattrapage", "tenues en rattrapage"),
    Outcome.BY_COMMUNE: ("annulée par la commune", "annulées par la commune"),
    Outcome.BY_EPCI: ("annulée par l’EPCI", "annulées par l’EPCI"),
    Outcome.WAIVED: ("abandonnée d’un commun accord", "abandonnées d’un commun accord"),
    Outcome.UNTOLD: ("passée, pas encore close", "passées, pas encore closes"),
    Outcome.AHEAD: ("prévue", "prévues"),
}
NOT_DUE = "rien de dû"
"""What is said of a month without any half-day."""
INKS = {
    Outcome.HELD: "held",
    Outcome.MOVED: "moved",
    Outcome.MADE_UP: "made-up",
    Outcome.BY_COMMUNE: "open",
    Outcome.BY_EPCI: "refused",
    Outcome.WAIVED: "waived",
    Outcome.UNTOLD: "open",
    Outcome.AHEAD: "open",
}
CAME = frozenset({Outcome.HELD, Outcome.MOVED, Outcome.MADE_UP})
QUIET = frozenset({Outcome.HELD, Outcome.AHEAD})
"""Among many rows what goes its way is a mere dot, so that the rest is seen at once."""
RADIUS = 10
DOT = 5
SMALL = 12


def dot(outcome: Outcome) -> str:
    """Return the small sign of what goes its way."""
    return tag("circle", INKS[outcome], cx=0, cy=0, r=DOT)


def sign(outcome: Outcome, x: float, y: float) -> str:
    """Return the sign of an outcome: a shape of its own, full for whoever came, and its letter."""
    ink = INKS[outcome]
    match outcome:
        case Outcome.MOVED:
            far = RADIUS * 1.25
            shape = _polygon(ink, [(x, y - far), (x + far, y), (x, y + far), (x - far, y)])
        case Outcome.MADE_UP | Outcome.BY_COMMUNE:
            side = RADIUS * 0.9
            shape = tag("rect", ink, x=x - side, y=y - side, width=2 * side, height=2 * side)
        case Outcome.BY_EPCI:
            near = RADIUS * 0.42
            corners = [(near, -RADIUS), (RADIUS, -near), (RADIUS, near), (near, RADIUS)]
            mirrored = [(-left, top) for left, top in reversed(corners)]
            shape = _polygon(ink, [(x + left, y + top) for left, top in (*corners, *mirrored)])
        case _:
            shape = tag("circle", ink, cx=x, cy=y, r=RADIUS)
    inside = words(
        outcome.value,
        x,
        y + 4.2,
        "on-dark" if outcome in CAME else "strong",
        text_anchor="middle",
        font_size=SMALL,
    )
    return shape + inside


def nothing(x: float, y: float) -> str:
    """Return the sign of a month in which nothing was due: a gap in the line, and a dash."""
    return tag("circle", "blank", cx=x, cy=y, r=7) + tag("line", "axis", x1=x - 4, y1=y, x2=x + 4, y2=y)


def _polygon(ink: str, corners: Sequence[tuple[float, float]]) -> str:
    return tag("polygon", ink, points=" ".join(f"{x:.1f},{y:.1f}" for x, y in corners))
