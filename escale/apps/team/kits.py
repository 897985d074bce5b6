"""How the kits stand on a day: each piece here, lent, faulty or missing, and what is short of article 3-2."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q

from escale.apps.team.labels import PIECE_KINDS, PIECE_KINDS_PLURAL
from escale.apps.team.models import Fault, Inventory, InventoryLine, Kit, Loan, Mediator, Occupancy, Piece, PieceFound, Post
from escale.core.team.equipment import LIST, PieceKind, Shortage, shortages

INVENTORY_DAYS = 7
"""A kit is counted each week."""


class Whereabouts(StrEnum):
    """Where a piece is on a day."""

    HERE = "HERE"
    LENT = "LENT"
    FAULTY = "FAULTY"
    MISSING = "MISSING"


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceLine:
    """A piece in service on a day, with the loan or the fault that takes it away."""

    piece: Piece
    loan: Loan | None
    fault: Fault | None
    is_missing: bool

    @property
    def where(self) -> Whereabouts:
        """Where it is."""
        if self.loan is not None:
            return Whereabouts.LENT
        if self.fault is not None:
            return Whereabouts.FAULTY
        return Whereabouts.MISSING if self.is_missing else Whereabouts.HERE

    @property
    def words(self) -> str:
        """« ordinateur portable n° 12 »."""
        return f"{PIECE_KINDS[PieceKind(self.piece.kind)]} n°\u00a0{self.piece.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class KitOnDay:
    """A kit on a day: its pieces, its last inventory, what it lacks."""

    kit: Kit
    day: dt.date
    lines: Sequence[PieceLine]
    inventory: Inventory | None

    @property
    def shortages(self) -> tuple[Shortage, ...]:
        """What is short of the list of art. 3-2."""
        return shortages(Counter(PieceKind(line.piece.kind) for line in self.lines if line.where is Whereabouts.HERE))

    @property
    def is_complete(self) -> bool:
        """Whether everything of the list is in the kit and works."""
        return not self.shortages

    @property
    def missing_words(self) -> list[str]:
        """« 5 ordinateurs portables sur 6 », for each kind that is short."""
        return [_short(one) for one in self.shortages]

    @property
    def words(self) -> str:
        """« complète », or what it lacks, with the article."""
        return "complète" if self.is_complete else f"{', '.join(self.missing_words)} (art.\u00a03-2)"

    @property
    def is_to_count(self) -> bool:
        """Whether no inventory of the last seven days says what is in it."""
        return self.inventory is None or (self.day - self.inventory.made_on).days >= INVENTORY_DAYS

    @property
    def to_erase(self) -> list[PieceLine]:
        """The pieces that somebody used and that nobody erased yet."""
        return [line for line in self.lines if line.piece.is_to_erase]

    @property
    def at_hand(self) -> list[PieceLine]:
        """The pieces that an inventory looks for: those that are not lent."""
        return [line for line in self.lines if line.where is not Whereabouts.LENT]


def kits_on(kits: Iterable[Kit], day: dt.date) -> list[KitOnDay]:
    """Return some kits as they stand on a day; five questions to the database, however many kits and pieces."""
    known = list(kits)
    pieces = list(Piece.objects.filter(kit__in=known).on(day))
    loans = {loan.piece_id: loan for loan in Loan.objects.filter(piece__kit__in=known).on(day).exclude(ends=day)}
    is_open = Q(mended_on=None) | Q(mended_on__gt=day)
    faults = {fault.piece_id: fault for fault in Fault.objects.filter(is_open, piece__kit__in=known, opened_on__lte=day)}
    counted = _last_inventories(known, day)
    gone = InventoryLine.objects.filter(inventory__in=counted.values(), found=PieceFound.MISSING.value)
    missing = set(gone.values_list("piece", flat=True))
    return [
        KitOnDay(
            kit=kit,
            day=day,
            inventory=counted.get(kit.pk),
            lines=[
                PieceLine(piece=piece, loan=loans.get(piece.pk), fault=faults.get(piece.pk), is_missing=piece.pk in missing)
                for piece in sorted(pieces, key=_by_list)
                if piece.kit_id == kit.pk
            ],
        )
        for kit in known
    ]


def kit_of(post: Post, day: dt.date) -> KitOnDay | None:
    """Return the kit of a post on a day, else the one that the team shares; None while no kit is described."""
    kits = Kit.objects.filter(Q(post=post) | Q(post=None, epci=post.epci_id)).on(day)
    chosen = min(kits, key=lambda kit: kit.post_id is None, default=None)
    return kits_on([chosen], day)[0] if chosen else None


def kit_of_mediator(mediator: Mediator, day: dt.date) -> KitOnDay | None:
    """Return the kit of whoever holds a post on a day; None for a person without a post, or while no kit is described."""
    held = Occupancy.objects.filter(mediator=mediator).on(day).select_related("post").first()
    return kit_of(held.post, day) if held else None


def _last_inventories(kits: Collection[Kit], day: dt.date) -> dict[int, Inventory]:
    """Return the last inventory of each kit up to a day."""
    rows = Inventory.objects.filter(kit__in=kits, made_on__lte=day, made_on__gt=day - dt.timedelta(days=_LOOKED_BACK))
    return {row.kit_id: row for row in rows.select_related("made_by").order_by("made_on")}


_LOOKED_BACK = 366
"""An older inventory says nothing of today."""
_ORDER = {kind.value: place for place, kind in enumerate(LIST)}


def _by_list(piece: Piece) -> tuple[int, int]:
    return _ORDER[piece.kind], piece.number


def _short(one: Shortage) -> str:
    if one.there == 0:
        return f"aucun {PIECE_KINDS[one.kind]}"
    words = PIECE_KINDS_PLURAL if one.there > 1 else PIECE_KINDS
    return f"{one.there} {words[one.kind]} sur {one.wanted}"
