"""The round of a day as a drawing: the territory as points or outlines, the base, the numbered stops, the way between."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Position = tuple[float, float]
"""Latitude and longitude in degrees."""

WIDTH, MOST_HEIGHT, MARGIN = 640, 560, 34
KM_OF_A_DEGREE = 111.2
LINE_HEIGHT = 20
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
        x = MARGIN + (longitude - self.west) * self.shrink * self.units
        return round(x), round(MARGIN + (self.north - latitude) * self.units)


def draw_round(territory: Iterable[Place], base: Place, stops: Sequence[Place]) -> Drawing | None:
    """Return the drawing of a round; None when the base or a stop has no position."""
    places = list(territory)
    if base.position is None or any(stop.position is None for stop in stops):
        return None
    around = [position for place in [*places, base, *stops] for position in _extent(place)]
    projection, height = _fit(around)
    marked = [(base, 0), *((stop, number) for number, stop in enumerate(stops, start=1))]
    points = [projection.point(place.position) for place, _ in marked if place.position]
    scale_km = 5 if 5 / KM_OF_A_DEGREE * projection.units < WIDTH / 3 else 1
    return Drawing(
        height=height,
        outlines=[path for place in places for path in _paths(place, projection)],
        points=[projection.point(place.position) for place in places if place.position and not place.outline],
        way="M" + " L".join(f"{x} {y}" for x, y in [*points, points[0]]) if stops else "",
        marks=_labelled([(place.name, number) for place, number in marked], points),
        scale_km=scale_km,
        scale_length=round(scale_km / KM_OF_A_DEGREE * projection.units),
    )


def _fit(around: Sequence[Position]) -> tuple[_Projection, int]:
    """Return the projection that holds all positions, and the height that it needs."""
    south, north = min(lat for lat, _ in around), max(lat for lat, _ in around)
    west, east = min(lon for _, lon in around), max(lon for _, lon in around)
    shrink = math.cos(math.radians((south + north) / 2))
    wide, high = max((east - west) * shrink, 1e-3), max(north - south, 1e-3)
    units = min((WIDTH - 2 * MARGIN) / wide, (MOST_HEIGHT - 2 * MARGIN) / high)
    # Centred: a territory that is higher than wide leaves as much room on both sides.
    spare = ((WIDTH - 2 * MARGIN) / units - wide) / 2
    return _Projection(west=west - spare / shrink, north=north, shrink=shrink, units=units), round(high * units) + 2 * MARGIN


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
                label_x=x - 20 if to_the_left else x + 20,
                label_y=label_y,
                anchor="end" if to_the_left else "start",
            )
        )
    return found


def _extent(place: Place) -> Iterator[Position]:
    if place.position:
        yield place.position
    for ring in _rings(place):
        yield from ring


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
        if len(drawn) > 2:
            yield "M" + "L".join(f"{x} {y}" for x, y in drawn) + "Z"
