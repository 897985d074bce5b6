"""Reports that are put right: what a rectification and the report before it tell together."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain

from escale.core.evaluation.figures import Figures, Link
from escale.core.evaluation.releases import Told
from escale.core.evaluation.tables import Cell


def with_version(figures: Figures, before: Figures, number: int) -> Figures:
    """Return figures that remember an earlier writing of some of their cells: `before` as it was reported, under its number.

    What changed becomes cells of their own that no report shows: whoever subtracts the two reports may not learn the age of the
    one person who was written down in between. Give every earlier writing of every period of `figures`, each with `told_in`.
    """
    old, change = _renamed(f"/{number}"), _renamed(f"/{number}+")
    changes = {change(cell): figures.values[cell] - value for cell, value in before.values.items()}
    versions = {old(cell): value for cell, value in before.values.items()}
    values = {**figures.values, **versions, **changes}
    caps = [(rename(cell), rename(cap)) for rename in (old, change) for cell, cap in before.caps.items()]
    return Figures(
        values=values,
        links=(
            *figures.links,
            *(Link(whole=cell, parts=(old(cell), change(cell))) for cell in before.values),
            *chain.from_iterable((_moved(link, old), _moved(link, change)) for link in before.links),
        ),
        caps={**figures.caps, **{cell: cap for cell, cap in caps if 0 <= values[cell] <= values[cap]}},
        covers=(*figures.covers, *(_moved(link, old) for link in before.covers)),
        silent=figures.silent | versions.keys() | changes.keys(),
    )


def told_in(told: Told, number: int) -> dict[Cell, int | None]:
    """Return what an earlier writing told, as `release` takes it among what was told earlier."""
    old = _renamed(f"/{number}")
    return {old(cell): value for cell, value in told.items()}


def _renamed(suffix: str) -> Callable[[Cell], Cell]:
    return lambda cell: cell._replace(period=cell.period + suffix)


def _moved(link: Link, rename: Callable[[Cell], Cell]) -> Link:
    return Link(whole=rename(link.whole), parts=tuple(rename(part) for part in link.parts))
