"""Kilometres between communes: what someone measured, else the great circle times what a road adds to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from escale.apps.territory.catalogue import ROAD_FACTOR
from escale.apps.territory.earth import Position, hectometres
from escale.apps.territory.models import Commune, Epci, HandDistance
from escale.apps.territory.queries import value_of


class MissingPositionsError(ValueError):
    """Communes whose distances cannot be told."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        super().__init__(
            f"Position inconnue : {', '.join(names)}. La compléter dans la fiche de la commune, "
            "ou fixer à la main ses distances à toutes les autres communes et à la base."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Distances:
    """One-way distances in hectometres, in the order of the communes asked for."""

    base_hm: tuple[int, ...]
    between_hm: tuple[tuple[int, ...], ...]


def distances(epci: Epci, communes: Sequence[Commune], base: Commune | Position) -> Distances:
    """Return the distances of a tour: between the communes, and from the base, a commune or a position.

    Raise MissingPositionsError with the communes that have no position and not every distance set by hand.
    """
    factor = value_of(epci, ROAD_FACTOR)
    by_hand = {
        (pair["first"], pair["second"]): pair["hectometres"]
        for pair in HandDistance.objects.filter(epci=epci).values("first", "second", "hectometres")
    }

    def measured(a: Commune | Position, b: Commune) -> int | None:
        if isinstance(a, Commune):
            if a.pk == b.pk:
                return 0
            set_by_hand = by_hand.get((min(a.pk, b.pk), max(a.pk, b.pk)))
            if set_by_hand is not None:
                return set_by_hand
        start = a.position if isinstance(a, Commune) else a
        return None if start is None or b.position is None else hectometres(start, b.position, factor)

    base_hm = [measured(base, commune) for commune in communes]
    between_hm = [[measured(a, b) for b in communes] for a in communes]
    unknown = _unplaced(communes, base, base_hm, between_hm)
    if unknown:
        raise MissingPositionsError([commune.place_name.full for commune in unknown])
    return Distances(
        base_hm=tuple(hm for hm in base_hm if hm is not None),
        between_hm=tuple(tuple(hm for hm in row if hm is not None) for row in between_hm),
    )


def _unplaced(
    communes: Sequence[Commune],
    base: Commune | Position,
    base_hm: Sequence[int | None],
    between_hm: Sequence[Sequence[int | None]],
) -> list[Commune]:
    """Return the communes without a position that leave a hole in the tables, the base first."""
    found = [
        commune
        for commune, hm, row in zip(communes, base_hm, between_hm, strict=True)
        if commune.position is None and (hm is None or None in row)
    ]
    if isinstance(base, Commune) and base.position is None and None in base_hm and base not in found:
        found.insert(0, base)
    return found
