"""Kits and their numbered pieces (art. 3-2): opened, put in service, taken out of it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from escale.apps.audit.actors import Actor, require
from escale.apps.team.models import Kit, Loan, Piece, Post
from escale.apps.territory.models import Epci
from escale.apps.territory.saving import refuse, save_row
from escale.core.team.equipment import PieceKind


@transaction.atomic
def open_kit(*, actor: Actor, epci: Epci, label: str, post: Post | None, starts: dt.date) -> Kit:
    """Put a kit in service: for the mediator of a post, or for the whole team."""
    require(actor, "team.manage", epci)
    values = {"epci": epci, "label": " ".join(label.split()), "post": _of_epci(post, epci), "starts": starts}
    return save_row(Kit(), values, event="team.kit_opened", actor=actor, epci=epci.siren)


@transaction.atomic
def change_kit(*, actor: Actor, kit: Kit, label: str, post: Post | None, ends: dt.date | None) -> Kit:
    """Change how a kit is called, who has it, and its last day when it goes out of service."""
    require(actor, "team.manage", kit)
    Kit.objects.select_for_update().get(pk=kit.pk)
    values = {"label": " ".join(label.split()), "post": _of_epci(post, kit.epci), "ends": ends}
    return save_row(kit, values, event="team.kit_changed", actor=actor, epci=kit.epci.siren)


@transaction.atomic
def add_piece(
    *, actor: Actor, kit: Kit, number: int, kind: PieceKind, starts: dt.date, label: str = "", serial: str = ""
) -> Piece:
    """Put a numbered piece in a kit."""
    require(actor, "team.manage", kit)
    Epci.objects.select_for_update().get(pk=kit.epci_id)
    values = {
        "epci": kit.epci,
        "kit": kit,
        "number": number,
        "kind": kind.value,
        "label": " ".join(label.split()),
        "serial": "".join(serial.split()),
        "starts": starts,
    }
    return save_row(Piece(), values, event="team.piece_added", actor=actor, epci=kit.epci.siren)


@transaction.atomic
def change_piece(*, actor: Actor, piece: Piece, kit: Kit, number: int, label: str, serial: str, ends: dt.date | None) -> Piece:
    """Correct a piece, put it in another kit, or say its last day of service."""
    require(actor, "team.manage", piece)
    Epci.objects.select_for_update().get(pk=piece.epci_id)
    if kit.epci_id != piece.epci_id:
        raise refuse("kit", f"La malle {kit} est à un autre EPCI ; choisir une malle de {piece.epci}.")
    if ends is not None and (away := Loan.objects.filter(piece=piece, ends=None).first()):
        raise refuse("ends", f"Ce matériel est prêté ({away.borrower}) ; noter d’abord son retour.")
    values = {
        "kit": kit,
        "number": number,
        "label": " ".join(label.split()),
        "serial": "".join(serial.split()),
        "ends": ends,
    }
    return save_row(piece, values, event="team.piece_changed", actor=actor, epci=piece.epci.siren)


def _of_epci(post: Post | None, epci: Epci) -> Post | None:
    if post is not None and post.epci_id != epci.pk:
        raise refuse("post", f"Le poste {post} est à un autre EPCI ; choisir un poste de {epci}.")
    return post
