"""The map of a territory, drawn here: no tile, no script, no one else is told who looks. A list says the same before it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from escale.apps.territory.models import Commune
from escale.web.public.finding import Service
from escale.web.public.queries import CommunePage

WIDTH = 640
HIGHEST = 900
EDGE = 24
NAMED = 8
"""How many names the map of a territory bears: those of its largest communes."""
FINEST = 1.5
"""Points of an outline that are nearer than this to the last one are left out."""
LABEL_HEIGHT = 30
LETTER_WIDTH = 14
LABEL_GAP = 12
"""On the narrowest screen, where letters are the largest on the map."""
Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A commune on the map: its outline as an SVG path when it is known, and where its point and its name stand."""

    name: str
    path: str
    x: int
    y: int
    has_date: bool
    is_here: bool
    is_named: bool

    @property
    def is_left(self) -> bool:
        """Whether the name is written before the point, lest it leave the map."""
        return _is_left(self.x, self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """What is drawn, in a box of WIDTH by `height`."""

    height: int
    shapes: Sequence[Shape]
    width: int = WIDTH

    @property
    def has_dates(self) -> bool:
        """Whether something comes to one of its communes."""
        return any(shape.has_date for shape in self.shapes)


def map_of_services(services: Sequence[Service]) -> Map | None:
    """Return the communes that are listed, with those that have a date; None when nothing says where they are."""
    lines = [line for service in services for line in service.lines]
    dated = {line.commune.pk for line in lines if line.stop}
    communes = [line.commune for line in lines]
    largest = sorted(communes, key=lambda commune: -(commune.population or 0))[:NAMED]
    return _draw(communes, dated=dated, named=[commune.pk for commune in largest], here=None)


def map_of_commune(page: CommunePage) -> Map | None:
    """Return a commune among those of its neighbours where help comes this month."""
    neighbours = [each.stop.commune for each in (*page.earlier, *page.later)]
    dated = {commune.pk for commune in neighbours} | ({page.commune.pk} if page.next else set())
    shown = [page.commune, *neighbours]
    named = [commune.pk for commune in shown]
    return _draw(shown, dated=dated, named=named, here=page.commune.pk) if neighbours else None


def _draw(communes: Sequence[Commune], *, dated: set[int], named: Sequence[int], here: int | None) -> Map | None:
    outlines = dict(Commune.objects.filter(pk__in=[each.pk for each in communes]).values_list("pk", "outline"))
    placed = [commune for commune in communes if commune.position or outlines.get(commune.pk)]
    rings = {commune.pk: [_flat(ring) for ring in _rings(outlines.get(commune.pk))] for commune in placed}
    points = {commune.pk: _centre(commune, rings[commune.pk]) for commune in placed}
    everything = [*points.values(), *(point for each in rings.values() for ring in each for point in ring)]
    if not everything:
        return None
    west, east = min(x for x, _ in everything), max(x for x, _ in everything)
    north, south = min(y for _, y in everything), max(y for _, y in everything)
    wide, high = east - west, south - north
    scale = min((WIDTH - 2 * EDGE) / (wide or 1), (HIGHEST - 2 * EDGE) / (high or 1))
    left = (WIDTH - wide * scale) / 2

    def on_map(point: Point) -> Point:
        return left + (point[0] - west) * scale, EDGE + (point[1] - north) * scale

    drawn = {key: on_map(point) for key, point in points.items()}
    clear = _without_overlaps([(key, drawn[key], str(commune)) for commune in placed if (key := commune.pk) in named], named)
    shapes = [
        Shape(
            name=str(commune),
            path="".join(_path(map(on_map, ring)) for ring in rings[commune.pk]),
            x=round(drawn[commune.pk][0]),
            y=round(drawn[commune.pk][1]),
            has_date=commune.pk in dated,
            is_here=commune.pk == here,
            is_named=commune.pk in clear,
        )
        for commune in placed
    ]
    return Map(height=round(high * scale + 2 * EDGE), shapes=shapes)


def _is_left(x: float, name: str) -> bool:
    return x + LABEL_GAP + LETTER_WIDTH * len(name) > WIDTH


def _without_overlaps(labels: Sequence[tuple[int, Point, str]], order: Sequence[int]) -> set[int]:
    """Return the communes whose name is whole on the map and covers no other, those that matter most first."""
    kept: list[tuple[int, float, float, float]] = []
    for key, (x, y), name in sorted(labels, key=lambda label: order.index(label[0])):
        long = LABEL_GAP + LETTER_WIDTH * len(name)
        start = x - long if _is_left(x, name) else x
        covers = any(abs(y - top) < LABEL_HEIGHT and start < right and left < start + long for _, left, right, top in kept)
        if start >= 0 and not covers:
            kept.append((key, start, start + long, y))
    return {key for key, *_ in kept}


def _flat(ring: Iterable[Sequence[float]]) -> list[Point]:
    """Return the points of a ring on a plane, north at the top: an EPCI is too small for more."""
    return [_plane(point[1], point[0]) for point in ring]


def _plane(latitude: float, longitude: float) -> Point:
    """Return where a position is on the sheet of Mercator, in degrees of longitude."""
    return longitude, -math.degrees(math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)))


def _centre(commune: Commune, rings: Sequence[Sequence[Point]]) -> Point:
    if commune.position:
        return _plane(*commune.position)
    longest = max(rings, key=len)
    return sum(x for x, _ in longest) / len(longest), sum(y for _, y in longest) / len(longest)


def _rings(outline: dict[str, Any] | None) -> Iterator[Sequence[Sequence[float]]]:
    """Yield the outer rings of an outline in GeoJSON."""
    if outline and outline.get("type") == "Polygon":
        yield outline["coordinates"][0]
    elif outline and outline.get("type") == "MultiPolygon":
        for polygon in outline["coordinates"]:
            yield polygon[0]


def _path(points: Iterable[Point]) -> str:
    """Return a ring as an SVG path in whole units."""
    kept: list[Point] = []
    for point in points:
        if not kept or math.dist(point, kept[-1]) >= FINEST:
            kept.append(point)
    return "M" + "L".join(f"{round(x)} {round(y)}" for x, y in kept) + "Z"
