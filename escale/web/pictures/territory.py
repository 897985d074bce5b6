"""A map of figures: outlines where they are known, points elsewhere, shades told in words, hatching for what is masked."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from escale.web.pictures.ground import Box, Ground, Point, centre_of, free_places, plane
from escale.web.pictures.picture import Hidden, Picture, Shown, Table, capital, hidden_words, written
from escale.web.pictures.svg import Sheet, length, tag, words

HIGHEST = 1.05
"""A map is at most so much higher than wide."""
EDGE = 16
MOST_SHADES = 4
RADII = (6.0, 9.0, 12.0, 15.0)
"""Sizes of points by shade: without colour they still tell which is which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A commune on the map: where it is, its figure, and whether its name is written if there is room."""

    name: str
    value: Shown
    rings: Sequence[Sequence[Point]] = ()
    position: tuple[float, float] | None = None
    is_named: bool = False

    @property
    def centre(self) -> Point | None:
        """Its point on the plane; None when nothing says where it is."""
        if self.position:
            return plane(*self.position)
        return centre_of(self.rings) if self.rings else None


def territory_map(
    *,
    title: str,
    places: Sequence[Place],
    unit: str,
    bounds: Sequence[int] | None = None,
    heading: str = "Commune",
    note: str = "",
) -> Picture:
    """Return a map; `bounds` are where shades begin after the first, and are found when they are not given."""
    shades = Shades.of([place.value for place in places], bounds)
    rows = tuple((place.name, place.value, shades.words_of(place.value)) for place in places)
    return Picture.drawn(
        lambda sheet: _drawn(sheet, places, shades),
        title=title,
        description=_described([place.value for place in places], unit),
        table=Table(head=(heading, capital(unit), "Sur la carte"), rows=rows),
        note=note,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shades:
    """Which figures look alike: at most four shades, told in words."""

    bounds: tuple[int, ...]
    used: frozenset[int]

    @classmethod
    def of(cls, values: Sequence[Shown], bounds: Sequence[int] | None = None) -> Shades:
        """Return shades of about as many figures each, that begin at round numbers."""
        seen = sorted(value for value in values if not isinstance(value, Hidden))
        chosen = tuple(sorted(set(bounds)))[: MOST_SHADES - 1] if bounds is not None else _round_bounds(seen)
        return cls(bounds=chosen, used=frozenset(bisect_right(chosen, value) for value in seen))

    def number(self, value: int | float) -> int:
        """Return which shade a figure has, from 0."""
        return bisect_right(self.bounds, value)

    def words(self, number: int) -> str:
        """Return « moins de 20 », « de 20 à moins de 50 », « 50 et plus »."""
        if not self.bounds:
            return "toutes les valeurs"
        if number == 0:
            return f"moins de {written(self.bounds[0])}"
        if number == len(self.bounds):
            return f"{written(self.bounds[-1])} et plus"
        return f"de {written(self.bounds[number - 1])} à moins de {written(self.bounds[number])}"

    def words_of(self, value: Shown) -> str:
        """Return what the map says of a figure."""
        return value.value if isinstance(value, Hidden) else self.words(self.number(value))


def _round_bounds(seen: Sequence[int | float]) -> tuple[int, ...]:
    if not seen:
        return ()
    quartiles = (seen[len(seen) * part // MOST_SHADES] for part in range(1, MOST_SHADES))
    return tuple(sorted({bound for each in quartiles if (bound := _rounded(each)) > seen[0]}))


def _rounded(value: float) -> int:
    """Return a number with one digit that is not nothing, two above a hundred."""
    if value < 1:
        return round(value)
    step = 10.0 ** (math.floor(math.log10(value)) - (1 if value >= 100 else 0))
    return max(1, round(round(value / step) * step))


def _drawn(sheet: Sheet, places: Sequence[Place], shades: Shades) -> SafeString:
    placed = [(place, centre) for place in places if (centre := place.centre)]
    if not placed:
        return sheet.closed(sheet.size * 2, [words("Aucune commune n’a de position connue.", 0, sheet.size * 1.3, "soft")])
    points = [*(centre for _, centre in placed), *(point for place, _ in placed for ring in place.rings for point in ring)]
    edge = EDGE if any(place.rings for place, _ in placed) else EDGE + RADII[-1]
    ground = Ground.around(points, width=sheet.width, highest=sheet.width * HIGHEST, edge=edge)
    scaled = 0.6 if sheet.is_narrow else 1.0
    marks: list[str] = []
    for place, centre in placed:
        look = {"fill": sheet.hatch} if place.value is Hidden.MASKED else {}
        if place.rings:
            marks.append(tag("path", _ink(place, shades), d=ground.path(place.rings), **look))
        else:
            x, y = ground.place(centre)
            marks.append(tag("circle", _ink(place, shades), cx=x, cy=y, r=_radius(place, shades) * scaled, **look))
    labels = _labels(sheet, [(place, ground.place(centre)) for place, centre in placed], shades, scaled)
    key, height = _key(sheet, placed, shades, ground.height + 8)
    return sheet.closed(height, [*marks, *labels, *key])


def _ink(place: Place, shades: Shades) -> str:
    if isinstance(place.value, Hidden):
        return "masked" if place.value is Hidden.MASKED else "unknown"
    return f"land-{shades.number(place.value) + 1}"


def _radius(place: Place, shades: Shades) -> float:
    return RADII[0] if isinstance(place.value, Hidden) else RADII[shades.number(place.value)]


def _described(values: Sequence[Shown], unit: str) -> str:
    """Say what the map shows without setting one commune above another."""
    seen = [value for value in values if not isinstance(value, Hidden)]
    hidden = hidden_words(values)
    said = f"De {written(min(seen))} à {written(max(seen))} {unit} selon les communes" if seen else "Aucune valeur à montrer"
    return f"Carte, le nord en haut. {said}{f', {hidden}' if hidden else ''}."


def _labels(sheet: Sheet, places: Sequence[tuple[Place, Point]], shades: Shades, scaled: float) -> list[str]:
    """Return the words that fit: first the names that were asked for with their figure, then the figures of the others."""
    size = sheet.size
    wanted: list[tuple[int, list[Box]]] = []
    choices: dict[int, list[list[tuple[str, float, float]]]] = {}
    taken = [_covered(x, y, _radius(place, shades) * scaled) for place, (x, y) in places if not place.rings]
    for at, (place, (x, y)) in sorted(enumerate(places), key=lambda each: not each[1][0].is_named):
        value = "" if isinstance(place.value, Hidden) else written(place.value)
        texts = [[place.name, value] if value else [place.name]] if place.is_named else []
        texts += [[value]] if value else []
        below = 0 if place.rings else _radius(place, shades) * scaled + size
        choices[at] = [_stacked(lines, x, y, below, sheet) for lines in texts]
        wanted.append((at, [_around(lines, size) for lines in choices[at]]))
    return [
        words(text, x, y, "over", text_anchor="middle")
        for at, chosen in free_places(wanted, taken).items()
        for text, x, y in choices[at][chosen]
    ]


def _stacked(lines: Sequence[str], x: float, y: float, below: float, sheet: Sheet) -> list[tuple[str, float, float]]:
    """Return lines where they stand: across an outline, or `below` the centre of a point; never out of the drawing."""
    size = sheet.size
    half = max(length(text, size) for text in lines) / 2
    first = y + (below or size * 0.36 - (len(lines) - 1) * size * 0.55)
    return [(text, min(max(x, half + 2), sheet.width - half - 2), first + at * size * 1.1) for at, text in enumerate(lines)]


def _around(lines: Sequence[tuple[str, float, float]], size: float) -> Box:
    half = max(length(text, size) for text, _, _ in lines) / 2
    (_, x, first), (_, _, last) = lines[0], lines[-1]
    return Box(left=x - half - 2, right=x + half + 2, top=first - size * 0.8, bottom=last + size * 0.2)


def _covered(x: float, y: float, radius: float) -> Box:
    return Box(left=x - radius, right=x + radius, top=y - radius, bottom=y + radius)


def _key(sheet: Sheet, placed: Sequence[tuple[Place, Point]], shades: Shades, y: float) -> tuple[list[str], float]:
    """Return what each shade means, and where that ends."""
    size, side = sheet.size, 18
    signs: list[tuple[str, str, dict[str, str]]] = [
        (f"land-{number + 1}", shades.words(number), {}) for number in sorted(shades.used)
    ]
    values = {place.value for place, _ in placed}
    signs += [("masked", Hidden.MASKED.value, {"fill": sheet.hatch})] if Hidden.MASKED in values else []
    signs += [("unknown", why.value, {}) for why in (Hidden.MISSING, Hidden.AHEAD) if why in values]
    marks: list[str] = []
    x = 1.0
    for ink, said, look in signs:
        long = side + 6 + length(said, size)
        if x > 1 and x + long > sheet.width:
            x, y = 1.0, y + side + 8
        marks.append(tag("rect", ink, x=x, y=y, width=side, height=side, **look))
        marks.append(words(said, x + side + 6, y + side / 2 + size * 0.36))
        x += long + 20
    return marks, y + side + 2
