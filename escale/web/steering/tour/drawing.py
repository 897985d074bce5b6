"""The round of a day as a drawing: the territory as points or outlines, the base, the numbered stops, the way between."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Position = tuple[float, float]
"""Latitude and longitude in degrees."""

WIDTH, LEAST_HEIGHT, MOST_HEIGHT = 640, 380, 560
LAND = 0.6
"""How much of the land around a way is shown, as a share of its span."""
LEAST_SPAN = 0.06
"""Degrees of latitude that are shown at least: a way of two kilometres stands in its surroundings."""
KM_OF_A_DEGREE = 111.2
LINE_HEIGHT = 30
FINEST = 1.0
"""Points of an outline that lie closer than this, in units of the drawing, are drawn as one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A named place; `outline` is GeoJSON, a Polygon or a MultiPolygon."""

    name: str
    position: Position | None
    outline: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place on the drawing; `number` is that of a stop, 0 for the base. The label stands at `label_x`, `label_y`."""

    name: str
    number: int
    x: int
    y: int
    label_x: int
    label_y: int
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """What an SVG of this size holds, in its own units."""

    height: int
    outlines: Sequence[str]
    points: Sequence[tuple[int, int]]
    way: str
    marks: Sequence[Mark]
    scale_km: int
    scale_length: int
    width: int = WIDTH


@dataclass(frozen=True, slots=True, kw_only=True)
class _Projection:
    """Degrees to units: flat, which is true enough for a territory that one drives through in an hour."""

    west: float
    north: float
    shrink: float
    units: float

    def point(self, position: Position) -> tuple[int, int]:
        latitude, longitude = position
        return round((longitude - self.west) * self.shrink * self.units), round((self.north - latitude) * self.units)


def draw_round(territory: Iterable[Place], base: Place, stops: Sequence[Place]) -> Drawing | None:
    """Return the drawing of a round; None when the base or a stop has no position."""
    marked = [(base, 0), *((stop, number) for number, stop in enumerate(stops, start=1))]
    way = [place.position for place, _ in marked if place.position]
    if len(way) < len(marked):
        return None
    places = list(territory)
    projection, height = _fit(way)
    points = [projection.point(position) for position in way]
    scale_km = 5 if 5 / KM_OF_A_DEGREE * projection.units < WIDTH / 3 else 1
    around = [projection.point(place.position) for place in places if place.position and not place.outline]
    return Drawing(
        height=height,
        outlines=[path for place in places for path in _paths(place, projection)],
        points=[(x, y) for x, y in around if 0 < x < WIDTH and 0 < y < height],
        way="M" + " L".join(f"{x} {y}" for x, y in [*points, points[0]]) if stops else "",
        marks=_labelled([(place.name, number) for place, number in marked], points),
        scale_km=scale_km,
        scale_length=round(scale_km / KM_OF_A_DEGREE * projection.units),
    )


def _fit(way: Sequence[Position]) -> tuple[_Projection, int]:
    """Return the projection that shows a way with the land around it, and the height that it needs."""
    south, north = min(lat for lat, _ in way), max(lat for lat, _ in way)
    west, east = min(lon for _, lon in way), max(lon for _, lon in way)
    shrink = math.cos(math.radians((south + north) / 2))
    wide, high = (max(span, LEAST_SPAN) * (1 + LAND) for span in ((east - west) * shrink, north - south))
    units = min(WIDTH / wide, MOST_HEIGHT / high)
    height = max(round(high * units), LEAST_HEIGHT)
    # The middle of the way stands in the middle of the drawing, whatever room is left.
    west_edge = (west + east) / 2 - WIDTH / 2 / units / shrink
    return _Projection(west=west_edge, north=(south + north) / 2 + height / 2 / units, shrink=shrink, units=units), height


def _labelled(named: Sequence[tuple[str, int]], points: Sequence[tuple[int, int]]) -> list[Mark]:
    """Return the marks with their labels, moved down where they would cover one another."""
    found: list[Mark] = []
    for (name, number), (x, y) in sorted(zip(named, points, strict=True), key=lambda pair: pair[1][1]):
        to_the_left = x > WIDTH * 0.6
        label_y = y + 6
        while any(abs(label_y - other.label_y) < LINE_HEIGHT and abs(x - other.x) < WIDTH / 2 for other in found):
            label_y += LINE_HEIGHT
        found.append(
            Mark(
                name=name,
                number=number,
                x=x,
                y=y,
                label_x=x - 24 if to_the_left else x + 24,
                label_y=label_y,
                anchor="end" if to_the_left else "start",
            )
        )
    return found


def _rings(place: Place) -> Iterator[list[Position]]:
    if not place.outline:
        return
    parts = place.outline["coordinates"]
    for polygon in parts if place.outline["type"] == "MultiPolygon" else [parts]:
        for ring in polygon:
            yield [(latitude, longitude) for longitude, latitude, *_ in ring]


def _paths(place: Place, projection: _Projection) -> Iterator[str]:
    for ring in _rings(place):
        drawn: list[tuple[int, int]] = []
        for position in ring:
            point = projection.point(position)
            if not drawn or math.dist(point, drawn[-1]) > FINEST:
                drawn.append(point)
        if len(drawn) > 2 and any(0 < x < WIDTH for x, _ in drawn):
            yield "M" + "L".join(f"{x} {y}" for x, y in drawn) + "Z"
