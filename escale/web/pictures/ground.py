"""A territory on a plane: positions become points of a drawing, outlines become paths, and names cover no other."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

FINEST = 1.5
"""Points of an outline that are nearer than this to the last one are left out."""
Point = tuple[float, float]
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """What words or a sign cover."""

    left: float
    right: float
    top: float
    bottom: float

    def covers(self, other: Box) -> bool:
        """Whether the two share some room."""
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """How points of the plane fall into a drawing, north at the top."""

    west: float
    north: float
    scale: float
    left: float
    edge: float
    height: float

    @classmethod
    def around(cls, points: Sequence[Point], *, width: float, highest: float, edge: float) -> Ground:
        """Return the largest drawing of some points in a box, `edge` left free on each side. There is at least one point."""
        west, east = min(x for x, _ in points), max(x for x, _ in points)
        north, south = min(y for _, y in points), max(y for _, y in points)
        wide, high = east - west, south - north
        scale = min((width - 2 * edge) / (wide or 1), (highest - 2 * edge) / (high or 1))
        return cls(
            west=west, north=north, scale=scale, left=(width - wide * scale) / 2, edge=edge, height=high * scale + 2 * edge
        )

    def place(self, point: Point) -> Point:
        """Return where a point falls."""
        return self.left + (point[0] - self.west) * self.scale, self.edge + (point[1] - self.north) * self.scale

    def path(self, rings: Iterable[Sequence[Point]]) -> str:
        """Return some rings as an SVG path in whole units."""
        return "".join(_path(map(self.place, ring)) for ring in rings)


def plane(latitude: float, longitude: float) -> Point:
    """Return where a position is on the sheet of Mercator, in degrees of longitude: an EPCI is too small for more."""
    return longitude, -math.degrees(math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)))


def rings_of(outline: dict[str, Any] | None) -> list[list[Point]]:
    """Return the outer rings of an outline in GeoJSON, on the plane."""
    return [[plane(point[1], point[0]) for point in ring] for ring in _outer(outline)]


def centre_of(rings: Sequence[Sequence[Point]]) -> Point:
    """Return the middle of the points of the longest ring."""
    longest = max(rings, key=len)
    return sum(x for x, _ in longest) / len(longest), sum(y for _, y in longest) / len(longest)


def free_places(wanted: Iterable[tuple[K, Sequence[Box]]], taken: Iterable[Box] = ()) -> dict[K, int]:
    """Return which of its places each name can have without covering another or what is `taken`, the first served first.

    A name that has no free place is left out.
    """
    full = list(taken)
    found: dict[K, int] = {}
    for key, places in wanted:
        at = next((at for at, box in enumerate(places) if not any(box.covers(other) for other in full)), None)
        if at is not None:
            found[key] = at
            full.append(places[at])
    return found


def _outer(outline: dict[str, Any] | None) -> Iterator[Sequence[Sequence[float]]]:
    if outline and outline.get("type") == "Polygon":
        yield outline["coordinates"][0]
    elif outline and outline.get("type") == "MultiPolygon":
        for polygon in outline["coordinates"]:
            yield polygon[0]


def _path(points: Iterable[Point]) -> str:
    kept: list[Point] = []
    for point in points:
        if not kept or math.dist(point, kept[-1]) >= FINEST:
            kept.append(point)
    return "M" + "L".join(f"{round(x)} {round(y)}" for x, y in kept) + "Z"
