"""Each page of the means of the team in a real browser, empty and full: for everyone, narrow and wide, light and dark."""

from __future__ import annotations

import datetime as dt

import pytest

from escale.apps.audit.actors import SYSTEM
from escale.apps.team.actions import add_piece, lend_piece, report_fault, return_piece, take_inventory
from escale.apps.team.models import Kit, PieceFound, Stock
from escale.apps.territory import clock
from escale.core.team.equipment import PieceKind
from tests.journeys.walk import Walk
from tests.web.cast import Cast
from tests.web.means.world import means_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

EMPTY = [
    ("coordinator", "/pilotage/equipe/malles/"),
    ("coordinator", "/pilotage/equipe/malles/nouvelle/"),
    ("coordinator", "/pilotage/equipe/salles/"),
    ("coordinator", "/pilotage/equipe/salles/nouvelle/"),
    ("coordinator", "/pilotage/equipe/permanences/"),
    ("coordinator", "/pilotage/equipe/permanences/nouvelle/"),
    ("coordinator", "/pilotage/equipe/formations/"),
    ("coordinator", "/pilotage/equipe/formations/structure/"),
    ("mediator", "/terrain/malle/"),
]
FULL = [
    ("coordinator", "/pilotage/equipe/malles/"),
    ("coordinator", "/pilotage/equipe/malles/{kit}/"),
    ("coordinator", "/pilotage/equipe/malles/{kit}/inventaire/"),
    ("coordinator", "/pilotage/equipe/malles/{kit}/pret/"),
    ("coordinator", "/pilotage/equipe/malles/{kit}/materiel/nouveau/"),
    ("coordinator", "/pilotage/equipe/malles/materiel/{piece}/"),
    ("coordinator", "/pilotage/equipe/salles/"),
    ("coordinator", "/pilotage/equipe/salles/reserver/"),
    ("coordinator", "/pilotage/equipe/permanences/"),
    ("coordinator", "/pilotage/equipe/formations/"),
    ("coordinator", "/pilotage/equipe/formations/nouvelle/"),
    ("coordinator", "/pilotage/equipe/formations/habilitation/{mediator}/"),
    ("coordinator", "/pilotage/equipe/fiches/{mediator}/"),
    ("mediator", "/terrain/malle/"),
    ("mediator", "/terrain/malle/panne/"),
    ("mediator", "/terrain/malle/pret/"),
]


def faults(walk: Walk, cast: Cast, pages: list[tuple[str, str]], **keys: object) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for who, path in pages:
        found |= walk.judge(path.format(**keys), getattr(cast, who))
    return found


def filled(cast: Cast, kit: Kit) -> None:
    """Give the kit a piece of each fate: here, lent, faulty, to erase."""
    today = clock.today()
    pieces = [
        add_piece(actor=SYSTEM, kit=kit, number=number, kind=PieceKind.LAPTOP, starts=today - dt.timedelta(days=30))
        for number in range(2, 6)
    ]
    found = dict.fromkeys((piece.pk for piece in kit.pieces.all()), PieceFound.PRESENT)
    found[pieces[3].pk] = PieceFound.MISSING
    take_inventory(actor=cast.mediator, kit=kit, found=found, ink=Stock.LOW, paper=Stock.LOW)
    lend_piece(actor=SYSTEM, piece=pieces[0], borrower="Mairie de Denain", starts=today, due_on=today + dt.timedelta(days=7))
    report_fault(actor=SYSTEM, piece=pieces[1], words="Écran noir")
    return_piece(
        actor=SYSTEM,
        loan=lend_piece(actor=SYSTEM, piece=pieces[2], borrower="Atelier", starts=today - dt.timedelta(days=2)),
    )


def test_the_empty_pages_of_the_means_are_open_to_everyone(walk: Walk, cast: Cast) -> None:
    assert faults(walk, cast, EMPTY) == {}


def test_the_full_pages_of_the_means_are_open_to_everyone(walk: Walk, cast: Cast) -> None:
    keys = means_world(cast.epci, cast.denain)
    kit = Kit.objects.get()
    kit.post = cast.camille.occupancies.get().post
    kit.save()
    cast.camille.user = cast.mediator
    cast.camille.save()
    filled(cast, kit)

    assert faults(walk, cast, FULL, **keys) == {}
