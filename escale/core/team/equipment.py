"""What article 3-2 puts in the hands of a mediator, and what is short of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class PieceKind(StrEnum):
    """A kind of equipment that article 3-2 names."""

    TELEPHONE = "TELEPHONE"
    LAPTOP = "LAPTOP"
    PROJECTOR = "PROJECTOR"
    SCANNER_PRINTER = "SCANNER_PRINTER"
    HOTSPOT_4G = "HOTSPOT_4G"


class KitAllocation(StrEnum):
    """Who has a kit: the text writes « équiper les agents », then each thing in the singular."""

    PER_MEDIATOR = "PER_MEDIATOR"
    SHARED = "SHARED"


LIST: Mapping[PieceKind, int] = {
    PieceKind.TELEPHONE: 1,
    PieceKind.LAPTOP: 6,
    PieceKind.PROJECTOR: 1,
    PieceKind.SCANNER_PRINTER: 1,
    PieceKind.HOTSPOT_4G: 1,
}
"""Art. 3-2: « téléphone portable, malle de six ordinateurs portables, un vidéoprojecteur… »; each of them once, six laptops."""

HOLDS_DATA = frozenset({PieceKind.TELEPHONE, PieceKind.LAPTOP})
"""What keeps traces of whoever used it: it is erased before somebody else does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortage:
    """A kind of which there are fewer than the list asks."""

    kind: PieceKind
    there: int
    wanted: int


def shortages(there: Mapping[PieceKind, int]) -> tuple[Shortage, ...]:
    """Return what is short of the list of art. 3-2, in its order; empty when the kit is complete."""
    counted = ((kind, there.get(kind, 0), wanted) for kind, wanted in LIST.items())
    return tuple(Shortage(kind=kind, there=count, wanted=wanted) for kind, count, wanted in counted if count < wanted)
