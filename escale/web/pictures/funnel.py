"""A funnel plot: rates against sizes, between the limits that chance explains; nobody is named unless it is asked for."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from escale.core.evaluation.definitions import Kind
from escale.core.evaluation.funnel import STANDING_WORDS, Funnel, Limits, Standing
from escale.web.pictures.ground import Box, free_places
from escale.web.pictures.picture import Picture, Table, capital, written
from escale.web.pictures.plots import Plot
from escale.web.pictures.svg import LEADING, Sheet, length, lines_of_words, tag, words, wrapped

HEAD = 1.12
"""How much room is left above the highest point."""
STEPS = 60
"""Sizes at which the limits are worked out."""
INKS = {
    Standing.LIKE: "point",
    Standing.ABOVE: "point-near",
    Standing.BELOW: "point-near",
    Standing.FAR_ABOVE: "point-far",
    Standing.FAR_BELOW: "point-far",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dot:
    """One commune in the units of the axes; it has a name only where it is asked for."""

    size: float
    rate: float
    standing: Standing
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawing:
    """What is drawn, in the units of the axes: people and accompaniments for 1,000 of them, or people and percents."""

    dots: Sequence[_Dot]
    limits: Sequence[Limits]
    mean: float
    size: str
    rate: str


def funnel_plot(
    *, title: str, funnel: Funnel, rate: str, size: str = "habitants", named: Mapping[str, str] | None = None, note: str = ""
) -> Picture:
    """Return a funnel plot. `rate` and `size` are the words of the axes; `named` are the places that are named, with their names.

    Shares are drawn in percents; the sizes of rates, which are thousands of inhabitants, in inhabitants.
    """
    drawing = _scaled(funnel, named or {}, rate, size)
    counts = Counter(dot.standing for dot in drawing.dots)
    told = " ; ".join(f"{counts[each]} : {STANDING_WORDS[each]}" for each in Standing if counts[each])
    head = ("Par rapport à la moyenne", "Communes", "Lesquelles")
    rows = tuple((capital(STANDING_WORDS[each]), counts[each], _names(drawing.dots, each)) for each in Standing)
    shown = len(head) if named else len(head) - 1
    return Picture.drawn(
        lambda sheet: _drawn(sheet, drawing),
        title=title,
        description=f"{len(drawing.dots)} communes, moyenne : {written(drawing.mean)} {rate}. {told}.",
        table=Table(head=head[:shown], rows=tuple(row[:shown] for row in rows)),
        note=note,
    )


def _scaled(funnel: Funnel, named: Mapping[str, str], rate: str, size: str) -> _Drawing:
    wide, high = (1, 100) if funnel.kind is Kind.SHARE else (1000, 1)
    dots = [
        _Dot(
            size=point.limits.size * wide,
            rate=point.value * high,
            standing=point.standing,
            name=named.get(point.place, ""),
        )
        for point in funnel.points
    ]
    sizes = [point.limits.size for point in funnel.points]
    limits = [
        Limits(
            size=each.size * wide,
            low=each.low * high,
            high=each.high * high,
            far_low=each.far_low * high,
            far_high=each.far_high * high,
        )
        for each in (funnel.curve(_between(min(sizes), max(sizes))) if sizes else ())
    ]
    return _Drawing(dots=dots, limits=limits, mean=funnel.mean * high, size=size, rate=rate)


def _between(low: float, high: float) -> list[float]:
    """Return sizes from the smallest to the largest, closer where limits bend most."""
    return [low * (high / low) ** (step / STEPS) for step in range(STEPS + 1)]


def _names(dots: Sequence[_Dot], standing: Standing) -> str:
    return ", ".join(f"{dot.name} ({written(dot.rate)})" for dot in dots if dot.name and dot.standing is standing) or "–"


def _drawn(sheet: Sheet, drawing: _Drawing) -> SafeString:
    if not drawing.dots:
        return sheet.closed(sheet.size * 2, [words("Aucune commune à montrer.", 0, sheet.size * 1.3, "soft")])
    plot = _plot(sheet, drawing)
    marks = [*_axes(sheet, plot, drawing), *_limits(sheet, plot, drawing)]
    order = list(Standing)
    # Those inside first, so that no other is hidden behind them.
    dots = sorted(drawing.dots, key=lambda dot: order.index(dot.standing))
    marks += [_sign(dot.standing, plot.x(dot.size), plot.y(dot.rate)) for dot in dots]
    marks += _written_names(sheet, plot, drawing.dots)
    used = [standing for standing in order if any(dot.standing is standing for dot in dots)]
    key, height = _key(sheet, used, plot.base + sheet.size * 4)
    return sheet.closed(height, [*marks, *key])


def _plot(sheet: Sheet, drawing: _Drawing) -> Plot:
    size, top = sheet.size, sheet.size * 2.2
    sizes = [dot.size for dot in drawing.dots]
    most = max(*(dot.rate for dot in drawing.dots), drawing.mean, 1e-9) * HEAD
    return Plot(
        smallest=min(sizes),
        largest=max(sizes),
        most=most,
        left=8 + length(written(round(most)), size),
        right=sheet.width - 10 - length("moyenne", size),
        top=top,
        base=top + sheet.width * (0.9 if sheet.is_narrow else 0.5),
    )


def _axes(sheet: Sheet, plot: Plot, drawing: _Drawing) -> list[str]:
    size, base = sheet.size, plot.base
    marks: list[str] = [tag("line", "axis", x1=plot.left, y1=base, x2=plot.right, y2=base)]
    for value in plot.rates():
        y = plot.y(value)
        marks.append(words(written(value), plot.left - 6, y + size * 0.36, "soft", text_anchor="end"))
        marks.append(tag("line", "hair", x1=plot.left, y1=y, x2=plot.right, y2=y) if value else "")
    last = -math.inf
    for value in plot.sizes():
        x, said = plot.x(value), written(value)
        half = length(said, size) / 2
        if x - half > last + 8:
            marks.append(tag("line", "axis", x1=x, y1=base, x2=x, y2=base + 4))
            marks.append(words(said, x, base + size * 1.5, "soft", text_anchor="middle"))
            last = x + half
    across = words(capital(drawing.size), plot.right, base + size * 2.9, text_anchor="end")
    return [*marks, words(capital(drawing.rate), 0, size), across]


def _limits(sheet: Sheet, plot: Plot, drawing: _Drawing) -> list[str]:
    limits, mean = drawing.limits, drawing.mean
    marks = [tag("line", "mean", x1=plot.left, y1=plot.y(mean), x2=plot.right, y2=plot.y(mean))]
    ends: list[tuple[str, float]] = [("moyenne", plot.y(mean))]
    for ink, said, series in (
        ("limit-near", "95 %", ([limit.high for limit in limits], [limit.low for limit in limits])),
        ("limit", "99,8 %", ([limit.far_high for limit in limits], [limit.far_low for limit in limits])),
    ):
        for values in series:
            runs = plot.inside(list(zip((limit.size for limit in limits), values, strict=True)))
            marks += [
                tag("polyline", ink, points=" ".join(f"{plot.x(size):.1f},{plot.y(rate):.1f}" for size, rate in run))
                for run in runs
            ]
        if limits and series[0][-1] <= plot.most:
            ends.append((said, plot.y(series[0][-1])))
    return marks + _ends(sheet, plot, ends)


def _ends(sheet: Sheet, plot: Plot, ends: Sequence[tuple[str, float]]) -> list[str]:
    """Write what each line is at its right end, those that would touch pushed apart upwards."""
    marks: list[str] = []
    free = math.inf
    for said, y in sorted(ends, key=lambda end: -end[1]):
        y = min(y, free - sheet.size * 1.15)
        marks.append(words(said, plot.right + 6, y + sheet.size * 0.36, "soft"))
        free = y
    return marks


def _sign(standing: Standing, x: float, y: float) -> str:
    """Return the sign of a commune: a ring, a full diamond, a full triangle that points away from the mean."""
    match standing:
        case Standing.LIKE:
            return tag("circle", INKS[standing], cx=x, cy=y, r=4)
        case Standing.ABOVE | Standing.BELOW:
            corners = ((0, -5.5), (5.5, 0), (0, 5.5), (-5.5, 0))
        case Standing.FAR_ABOVE:
            corners = ((0, -6), (6, 5), (-6, 5), (0, -6))
        case Standing.FAR_BELOW:
            corners = ((0, 6), (6, -5), (-6, -5), (0, 6))
    return tag("polygon", INKS[standing], points=" ".join(f"{x + right:.1f},{y + down:.1f}" for right, down in corners))


def _written_names(sheet: Sheet, plot: Plot, dots: Sequence[_Dot]) -> list[str]:
    """Write the names that were asked for near their dots, over other dots where there is no free place, never over a name."""
    at = [(plot.x(dot.size), plot.y(dot.rate)) for dot in dots]
    spots = {number: _spots(dot.name, *at[number], plot, sheet.size) for number, dot in enumerate(dots) if dot.name}
    boxes = {number: [_box(dots[number].name, x, y, sheet.size) for x, y in places] for number, places in spots.items()}
    found = free_places(boxes.items(), [Box(left=x - 6, right=x + 6, top=y - 6, bottom=y + 6) for x, y in at])
    names = [boxes[number][place] for number, place in found.items()]
    found |= free_places([(number, places) for number, places in boxes.items() if number not in found], names)
    placed = {number: spots[number][place] for number, place in found.items()}
    return [words(dots[number].name, x, y + sheet.size * 0.36, "over", text_anchor="middle") for number, (x, y) in placed.items()]


def _spots(name: str, x: float, y: float, plot: Plot, size: float) -> list[tuple[float, float]]:
    """Return the middles that a name may have around its dot, the best first."""
    half = length(name, size) / 2
    spots = [(x + 10 + half, y), (x - 10 - half, y), (x, y - 16), (x, y + 17), (x, y - 32), (x, y + 33)]
    return [spot for spot in spots if half <= spot[0] <= plot.right - half] or [(max(half, x - 10 - half), y)]


def _box(name: str, x: float, y: float, size: float) -> Box:
    half = length(name, size) / 2
    return Box(left=x - half, right=x + half, top=y - size / 2, bottom=y + size / 2)


def _key(sheet: Sheet, used: Sequence[Standing], y: float) -> tuple[list[str], float]:
    marks: list[str] = []
    for standing in used:
        lines = wrapped(capital(STANDING_WORDS[standing]), sheet.width - 22, sheet.size, most=4)
        marks += [_sign(standing, 7, y), lines_of_words(lines, 22, y + sheet.size * 0.36, sheet.size)]
        y += sheet.size * (LEADING * len(lines) + 0.4)
    return marks, y
