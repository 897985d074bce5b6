"""What happens to the pieces of a kit: counted each week, faulty and mended, lent and back, used and erased."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from escale.apps.accounts.models import User
from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.team.models import Fault, Inventory, InventoryLine, Kit, Loan, Piece, PieceFound, Stock
from escale.apps.team.texts import one_line
from escale.apps.territory import clock
from escale.apps.territory.saving import refuse, save_row
from escale.core.team.equipment import HOLDS_DATA, PieceKind


@transaction.atomic
def take_inventory(
    *, actor: Actor, kit: Kit, found: Mapping[int, PieceFound], ink: Stock, paper: Stock, on: dt.date | None = None
) -> Inventory:
    """Write what was counted in a kit, piece by piece (by their keys); counted again the same day, the last word stands."""
    require(actor, "team.equip", kit)
    Kit.objects.select_for_update().get(pk=kit.pk)
    today = clock.today(kit.epci)
    day = on or today
    if day > today:
        raise refuse("made_on", "On ne compte pas d’avance ; donner le jour où la malle a été comptée.")
    expected = {piece.pk for piece in Piece.objects.filter(kit=kit).on(day)} - _lent(kit, day)
    if missing := expected - found.keys():
        raise ValidationError({f"piece_{pk}": "Dire si ce matériel est là." for pk in sorted(missing)})
    row = Inventory.objects.filter(kit=kit, made_on=day).first() or Inventory()
    counted_by = actor if isinstance(actor, User) else None
    values = {"kit": kit, "made_on": day, "made_by": counted_by, "ink": ink.value, "paper": paper.value}
    row = save_row(row, values, event="team.inventory_taken", actor=actor, epci=kit.epci.siren)
    row.lines.all().delete()
    lines = [InventoryLine(inventory=row, piece_id=pk, found=found[pk].value) for pk in sorted(expected)]
    InventoryLine.objects.bulk_create(lines)
    _open_faults(row, {pk for pk in expected if found[pk] is PieceFound.FAULTY})
    return row


@transaction.atomic
def report_fault(*, actor: Actor, piece: Piece, words: str) -> Fault:
    """Say that a piece does not work; it counts no more until it is mended."""
    require(actor, "team.equip", piece)
    Piece.objects.select_for_update().get(pk=piece.pk)
    today = clock.today(piece.epci)
    values = {
        "piece": piece,
        "opened_on": today,
        "words": one_line("words", words, today=today),
        "opened_by": actor if isinstance(actor, User) else None,
    }
    return save_row(Fault(), values, event="team.fault_reported", actor=actor, epci=piece.epci.siren)


@transaction.atomic
def mend_fault(*, actor: Actor, fault: Fault) -> Fault:
    """Say that a piece works again."""
    require(actor, "team.equip", fault)
    values = {"mended_on": clock.today(fault.piece.epci)}
    return save_row(fault, values, event="team.fault_mended", actor=actor, epci=fault.piece.epci.siren)


@transaction.atomic
def lend_piece(*, actor: Actor, piece: Piece, borrower: str, starts: dt.date, due_on: dt.date | None = None) -> Loan:
    """Lend a piece to a commune or a workshop: it leaves its kit until it is back, and goes erased."""
    require(actor, "team.equip", piece)
    locked = Piece.objects.select_for_update().get(pk=piece.pk)
    if locked.is_to_erase:
        raise refuse("piece", "Ce matériel garde des traces de son dernier usage ; l’effacer avant de le prêter.")
    if Fault.objects.filter(piece=piece, mended_on=None).exists():
        raise refuse("piece", "Ce matériel est en panne ; noter d’abord sa réparation.")
    if not locked.holds_on(starts):
        raise refuse("starts", "Ce matériel n’est pas en service ce jour-là ; choisir une autre date.")
    words = one_line("borrower", borrower, today=clock.today(piece.epci))
    values = {"piece": piece, "borrower": words, "starts": starts, "due_on": due_on}
    return save_row(Loan(), values, event="team.piece_lent", actor=actor, epci=piece.epci.siren)


@transaction.atomic
def return_piece(*, actor: Actor, loan: Loan) -> Loan:
    """Say that a piece is back today; what keeps data is to be erased before it serves again."""
    require(actor, "team.equip", loan)
    today = clock.today(loan.piece.epci)
    if loan.starts is not None and today < loan.starts:
        raise refuse("starts", "Ce prêt n’a pas commencé ; l’annuler plutôt.")
    row = save_row(loan, {"ends": today}, event="team.piece_returned", actor=actor, epci=loan.piece.epci.siren)
    note_used(actor=actor, pieces=[loan.piece])
    return row


@transaction.atomic
def cancel_loan(*, actor: Actor, loan: Loan) -> None:
    """Take back a loan that was noted by mistake, or that never left."""
    require(actor, "team.equip", loan)
    events.record("team.loan_cancelled", actor=actor, epci=loan.piece.epci.siren, subject=loan)
    loan.delete()


@transaction.atomic
def note_used(*, actor: Actor, pieces: Collection[Piece]) -> None:
    """Say that others used some pieces today, in a workshop or on loan; only those that keep data have to be erased."""
    for piece in pieces:
        if PieceKind(piece.kind) in HOLDS_DATA:
            require(actor, "team.equip", piece)
            values = {"used_on": clock.today(piece.epci), "erased_on": None}
            save_row(piece, values, event="team.piece_used", actor=actor, epci=piece.epci.siren)


@transaction.atomic
def erase_piece(*, actor: Actor, piece: Piece) -> Piece:
    """Say that what the last user left on a piece is erased."""
    require(actor, "team.equip", piece)
    values = {"erased_on": clock.today(piece.epci)}
    return save_row(piece, values, event="team.piece_erased", actor=actor, epci=piece.epci.siren)


def _open_faults(inventory: Inventory, faulty: set[int]) -> None:
    """Open a fault for what was found faulty and was not known to be: it lasts until someone mends it."""
    known = set(Fault.objects.filter(piece__in=faulty, mended_on=None).values_list("piece", flat=True))
    told = {"opened_on": inventory.made_on, "words": "trouvé en panne à l’inventaire", "opened_by": inventory.made_by}
    Fault.objects.bulk_create([Fault(piece_id=pk, **told) for pk in sorted(faulty - known)])


def _lent(kit: Kit, day: dt.date) -> set[int]:
    return set(Loan.objects.filter(piece__kit=kit).on(day).exclude(ends=day).values_list("piece", flat=True))
