"""The laptops of a workshop: those of its kit that are there on the day, and what their users left on them (art. 3-2)."""

from __future__ import annotations

from escale.apps.audit.actors import Actor
from escale.apps.team.actions import note_used
from escale.apps.team.kits import PieceLine, Whereabouts, kits_on
from escale.apps.team.models import Piece
from escale.apps.workshops.models import Registration, Workshop
from escale.core.team.equipment import LIST, PieceKind
from escale.core.workshops.states import Attendance


def laptops_of(workshop: Workshop) -> list[PieceLine]:
    """Return the laptops of the kit, lent and faulty ones among them; none without a kit, or while nobody described it."""
    if workshop.kit is None:
        return []
    (kit,) = kits_on([workshop.kit], workshop.date)
    return [line for line in kit.lines if line.piece.kind == PieceKind.LAPTOP]


def laptops_for(workshop: Workshop) -> int:
    """Return how many laptops the kit gives on the day: those that are there, six while nobody described them (art. 3-2)."""
    if workshop.kit is None:
        return 0
    known = laptops_of(workshop)
    return len(_there(known)) if known or workshop.kit.pieces.exists() else LIST[PieceKind.LAPTOP]


def to_erase(workshop: Workshop) -> list[PieceLine]:
    """Return the laptops that still hold what somebody left on them."""
    return [line for line in laptops_of(workshop) if line.piece.is_to_erase]


def note_laptops_used(*, actor: Actor, workshop: Workshop) -> None:
    """Have the laptops of a workshop that was held erased before they serve again, unless everyone worked on their own.

    Nobody notes who sat before which: all that were there are erased. What was erased since the workshop is clean.
    """
    came = Registration.objects.filter(workshop=workshop, attendance=Attendance.PRESENT.value, brings_device=False)
    if workshop.walk_ins == 0 and not came.exists():
        return
    note_used(actor=actor, pieces=[piece for piece in _there(laptops_of(workshop)) if not _erased_since(piece, workshop)])


def _there(lines: list[PieceLine]) -> list[Piece]:
    return [line.piece for line in lines if line.where is Whereabouts.HERE]


def _erased_since(piece: Piece, workshop: Workshop) -> bool:
    return piece.erased_on is not None and piece.erased_on > workshop.date
