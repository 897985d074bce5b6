"""The map of a territory, drawn here: no tile, no script, no one else is told who looks. A list says the same before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from escale.apps.territory.models import Commune
from escale.web.pictures.ground import Box, Ground, Point, centre_of, free_places, plane, rings_of
from escale.web.public.finding import Service
from escale.web.public.queries import CommunePage

WIDTH = 640
HIGHEST = 900
EDGE = 24
NAMED = 8
"""How many names a map bears at most: those of the largest communes of a territory."""
LABEL_HEIGHT = 30
LETTER_WIDTH = 14
"""On the narrowest screen, where letters are the largest on the map."""
LABEL_GAP = 12
DOT = 9
SIDES = ("right", "left", "above", "below")
"""Where a name stands, seen from its point; the first one that is free is taken (public.css places it)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A commune on the map: its outline as an SVG path when it is known, where its point is.

    `side` is where its name stands; empty when it has no room.
    """

    name: str
    path: str
    x: int
    y: int
    has_date: bool
    is_here: bool
    side: str


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
    largest = sorted(communes, key=lambda commune: -(commune.population or 0))
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
    rings = {commune.pk: rings_of(outlines.get(commune.pk)) for commune in placed}
    points = {commune.pk: _centre(commune, rings[commune.pk]) for commune in placed}
    everything = [*points.values(), *(point for each in rings.values() for ring in each for point in ring)]
    if not everything:
        return None
    ground = Ground.around(everything, width=WIDTH, highest=HIGHEST, edge=EDGE)
    drawn = {key: ground.place(point) for key, point in points.items()}
    names = {commune.pk: str(commune) for commune in placed}
    named_first = [key for key in named if key in names]
    sides = _sides({key: (names[key], drawn[key]) for key in named_first}, ground.height)
    shapes = [
        Shape(
            name=names[commune.pk],
            path=ground.path(rings[commune.pk]),
            x=round(drawn[commune.pk][0]),
            y=round(drawn[commune.pk][1]),
            has_date=commune.pk in dated,
            is_here=commune.pk == here,
            side=sides.get(commune.pk, ""),
        )
        for commune in placed
    ]
    return Map(height=round(ground.height), shapes=shapes)


def _sides(named: Mapping[int, tuple[str, Point]], height: float) -> dict[int, str]:
    """Return where names stand so that none covers a point, nor another name, nor leaves the map: the first served first."""
    points = [Box(left=x - DOT, right=x + DOT, top=y - DOT, bottom=y + DOT) for _, (x, y) in named.values()]
    outside = (
        Box(left=-WIDTH, right=0, top=-HIGHEST, bottom=2 * HIGHEST),
        Box(left=WIDTH, right=2 * WIDTH, top=-HIGHEST, bottom=2 * HIGHEST),
        Box(left=-WIDTH, right=2 * WIDTH, top=-HIGHEST, bottom=0),
        Box(left=-WIDTH, right=2 * WIDTH, top=height, bottom=2 * HIGHEST),
    )
    wanted = ((key, _boxes(point, LETTER_WIDTH * len(name))) for key, (name, point) in named.items())
    free = free_places(wanted, (*points, *outside))
    return {key: SIDES[at] for key, at in islice(free.items(), NAMED)}


def _boxes(point: Point, long: float) -> tuple[Box, ...]:
    """Return what a name covers on each of the SIDES of its point."""
    x, y = point
    high, half = LABEL_HEIGHT, long / 2
    return (
        Box(left=x + LABEL_GAP, right=x + LABEL_GAP + long, top=y - high / 2, bottom=y + high / 2),
        Box(left=x - LABEL_GAP - long, right=x - LABEL_GAP, top=y - high / 2, bottom=y + high / 2),
        Box(left=x - half, right=x + half, top=y - LABEL_GAP - high, bottom=y - LABEL_GAP),
        Box(left=x - half, right=x + half, top=y + LABEL_GAP, bottom=y + LABEL_GAP + high),
    )


def _centre(commune: Commune, rings: Sequence[Sequence[Point]]) -> Point:
    return plane(*commune.position) if commune.position else centre_of(rings)
